//! What goes wrong around the program: it is killed, its database ends or freezes, its disk is full, its clock jumps, it is
//! put in the place of an earlier version. Answers go on, and no receipt that was shown is lost.

mod asking;
mod clock;
mod cluster;
mod earlier;
mod full_disk;
mod killing;
mod migrating;
mod postgres;
mod upgrading;
