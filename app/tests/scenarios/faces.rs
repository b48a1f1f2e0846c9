//! What a story left behind, over REST and on its page: the same figures as on the command line.

use std::path::Path;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use mainstay::{
    config::{self, Settings},
    serve::{self, Running},
};
use serde_json::Value;
use tower::ServiceExt;

/// Who is in the story, with the score in millionths, the strength as it is shown, and the class.
const EXPECTED: [(&str, i64, &str, &str); 3] = [
    ("Northgate Payroll", 1_700_000, "0.85", "client"),
    ("Osterlund Marine", 800_000, "0.69", "customer"),
    ("The Bakers", 800_000, "0.69", "client"),
];
/// The contributions of the first, in millionths.
const SUM: [(&str, i64); 5] = [
    ("base", -400_000),
    ("contract", 900_000),
    ("service_bought", 800_000),
    ("continuity", 600_000),
    ("support_relation", -200_000),
];

pub fn show_the_same(data: &Path) {
    let running = Running::new(config::open(&Settings { data: data.to_owned(), database: None }).unwrap());
    let cx = running.own();
    let link = running.open.house.store.write(&cx, |tx| serve::sign_in_path(&cx, tx)).unwrap();
    let router = serve::router(&running);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let cookie = sign_in(&router, &link).await;
        let book = rest(&router, &cookie, "/relationships").await;
        for (name, score, strength, class) in EXPECTED {
            let rows = book["rows"].as_array().unwrap();
            let row = rows.iter().find(|row| row["name"] == name).unwrap();
            assert_eq!(
                (&row["strength"], &row["class"]),
                (&strength.into(), &class.into()),
                "{name} in the book"
            );
            let id = row["id"].as_str().unwrap();

            let why = rest(&router, &cookie, &format!("/relationships/{id}")).await;
            assert_eq!(
                (&why["score"], &why["strength_shown"]),
                (&score.into(), &strength.into()),
                "{name} over REST"
            );
            let lines = why["contributions"].as_array().unwrap();
            let sum: i64 = lines.iter().map(|line| line["micro"].as_i64().unwrap()).sum();
            assert_eq!(sum, score, "{name}: the contributions sum to the score");
            if score == 1_700_000 {
                let heard: Vec<_> = lines.iter().filter(|line| line["micro"] != 0).collect();
                let heard: Vec<_> = heard
                    .iter()
                    .map(|line| (line["dimension"].as_str().unwrap(), line["micro"].as_i64().unwrap()))
                    .collect();
                assert_eq!(heard, SUM);
            }

            let page = page(&router, &cookie, &format!("/relationships/{id}")).await;
            for words in [name, strength, &format!("{}.{}0", score / 1_000_000, score / 100_000 % 10)] {
                assert!(page.contains(words), "{name}: {words:?} is not on the page");
            }
        }
    });
    running.close();
}

async fn sign_in(router: &Router, link: &str) -> String {
    let arrival = Request::get(link).body(Body::empty()).unwrap();
    assert!(router.clone().oneshot(arrival).await.unwrap().status().is_success());
    let come = Request::post(link).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let come = router.clone().oneshot(come.body(Body::empty()).unwrap()).await.unwrap();
    let cookie = come.headers()[header::SET_COOKIE].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

async fn rest(router: &Router, cookie: &str, path: &str) -> Value {
    serde_json::from_str(&page(router, cookie, &format!("/api/v1{path}")).await).unwrap()
}

/// The text behind an address, wherever it leads.
async fn page(router: &Router, cookie: &str, path: &str) -> String {
    let mut path = path.to_owned();
    for _ in 0..3 {
        let request = Request::get(&path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        let answer = router.clone().oneshot(request).await.unwrap();
        if answer.status().is_redirection() {
            path = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
            continue;
        }
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    panic!("{path} leads nowhere")
}
