//! What the query of an address asks for.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::web::site::Site;

/// What a query asks for. One that makes no sense asks for nothing.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned + Default> FromRequestParts<Arc<Site>> for Asked<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let query = Query::<T>::from_request_parts(parts, site).await;
        Ok(Asked(query.map(|Query(asked)| asked).unwrap_or_default()))
    }
}
