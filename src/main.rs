//! lots
use std::io::{BufRead, Write};
use lots::{answering::*, knowledge::*};
fn read(dir:&std::path::Path, base:&std::path::Path, out:&mut Files){ for e in std::fs::read_dir(dir).unwrap(){ let p=e.unwrap().path(); if p.is_dir(){read(&p,base,out)} else if let Ok(t)=std::fs::read_to_string(&p){ out.insert(p.strip_prefix(base).unwrap().to_string_lossy().into_owned(),t);} } }
fn main() {
    let args:Vec<String>=std::env::args().collect();
    let kdir=args.iter().position(|a|a=="--knowledge").map(|i|args[i+1].clone()).unwrap_or("knowledge".into());
    let top=args.iter().position(|a|a=="--top").map(|i|args[i+1].parse().unwrap()).unwrap_or(10usize);
    let mut files=Files::new(); read(kdir.as_ref(),kdir.as_ref(),&mut files);
    let t=std::time::Instant::now();
    let l=Knowledge::load(&files); for p in &l.problems { eprintln!("{p:?}"); }
    let a=Answerer::new(l.knowledge.unwrap()); eprintln!("ready {:?}",t.elapsed());
    let today=jiff::civil::date(2026,11,23);
    if let Some(i)=args.iter().position(|a|a=="--explain"){ println!("{:#?}",a.explain(&args[i+1],8)); return }
    if args.iter().any(|a|a=="--features"){ for line in std::io::stdin().lock().lines(){ let v:serde_json::Value=serde_json::from_str(&line.unwrap()).unwrap(); let e=a.explain(v["turns"][0].as_str().unwrap(),40); println!("{}",serde_json::json!({"id":v["id"],"gold":v["gold"],"c":e.weighed.iter().map(|w|(w.target.clone(),w.features.iter().map(|f|f.1).collect::<Vec<_>>())).collect::<Vec<_>>()})); } return }
    let out=std::io::stdout(); let mut out=out.lock();
    let t=std::time::Instant::now(); let mut n=0;
    for line in std::io::stdin().lock().lines(){ let v:serde_json::Value=serde_json::from_str(&line.unwrap()).unwrap();
        let mut c=Conversation::default(); let mut last=None;
        for turn in v["turns"].as_array().unwrap(){ n+=1; let (ans,after)=a.answer(&Question{text:turn.as_str().unwrap(),language:None,today,top,kept_days:90},&c); c=after; last=Some(ans);} let ans=last.unwrap();
        let r:Vec<_>=ans.ranked.iter().map(|c|(c.entry.to_string(),c.confidence)).collect();
        writeln!(out,"{}",serde_json::json!({"id":v["id"],"decision":ans.decision,"ranked":r,"shown":ans.shown,"office":ans.office,"lang":ans.asked_in,"text":ans.plain_text()})).unwrap();
    }
    eprintln!("{n} turns {:?} each",t.elapsed()/n.max(1));
}
