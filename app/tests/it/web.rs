//! Pages as browsers find them: signing in and out, forms, headers, cookies, wrong addresses.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request, StatusCode},
};
use serde_json::json;

use crate::town::{Answer, Town, Who};

fn is_careful(answer: &Answer) {
    assert_eq!(answer.header("content-security-policy"), ui::CONTENT_SECURITY_POLICY);
    assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("referrer-policy"), "same-origin");
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
    assert!(answer.header("permissions-policy").contains("camera=()"));
    assert!(!answer.header("x-request-id").is_empty());
}

#[test]
fn every_answer_carries_the_headers_and_a_page_is_never_kept() {
    for town in Town::all() {
        let tables = town.running.open.slices.iter().flat_map(|slice| slice.pages);
        let pages: Vec<&str> =
            tables.filter(|route| route.method == slice::Method::Get).map(|route| route.path).collect();
        let others = ["/", "/sign-in", "/sign-in/x", "/no/such/page", "/sign-out", "/imports/x/progress"];
        let programs = ["/health", "/api/v1/openapi.json", "/api/v1/lines", "/api/v1/nothing", "/api"];
        for path in pages.iter().chain(&others).chain(&programs) {
            for who in [Who::Nobody, Who::Owner] {
                let answer = town.page(who, &path.replace(['{', '}'], ""));
                is_careful(&answer);
                assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            }
        }
    }
}

#[test]
fn what_pages_are_drawn_with_is_kept_for_ever() {
    let town = Town::one();
    for asset in ui::assets() {
        let answer = town.page(Who::Nobody, &asset.path);
        assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, asset.body.as_str()));
        assert_eq!(answer.header("content-type"), asset.content_type);
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        is_careful(&answer);
    }
}

#[test]
fn a_link_signs_in_once_and_only_by_its_button() {
    for town in Town::all() {
        let link = town.owner_link();
        for _ in 0..2 {
            let asked = town.page(Who::Nobody, &link);
            assert_eq!(asked.status, StatusCode::OK);
            assert!(asked.text.contains("<form"), "{}", asked.text);
            assert_eq!(asked.header("set-cookie"), "");
        }
        town.pass_by(&link);
        let again = town.form(Who::Nobody, &link, None, "");
        assert_eq!((again.status, again.header("set-cookie")), (StatusCode::FORBIDDEN, ""));
        let wrong = town.form(Who::Nobody, "/sign-in/nonsense", None, "");
        assert_eq!(again.text, wrong.text, "a used link and no link look the same");
    }
}

#[test]
fn a_link_can_be_pasted_and_leads_back_to_where_one_was_going() {
    let town = Town::one();
    let sent = town.page(Who::Nobody, "/relationships?class=client&sort=-net");
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let place = sent.header("location").to_owned();
    assert_eq!(place, "/sign-in?then=/relationships%3Fclass%3Dclient%26sort%3D-net");
    assert!(
        town.page(Who::Nobody, &place).text.contains("value=\"/relationships?class=client&amp;sort=-net\"")
    );

    let link = town.owner_link();
    let fields = format!("link=http%3A%2F%2Flocalhost%3A7313{link}&then=%2Ffigures");
    let entered = town.form(Who::Nobody, "/sign-in", None, &fields);
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/figures"));
}

#[test]
fn nobody_is_led_to_another_site() {
    let town = Town::one();
    for there in ["//evil.example", "https://evil.example", "/\\evil.example", "%0d%0aset-cookie:x=y"] {
        let fields = format!("link={}&then={}", town.owner_link(), there.replace('/', "%2F"));
        assert_eq!(town.form(Who::Nobody, "/sign-in", None, &fields).header("location"), "/", "{there}");
        let inside = town.page(Who::Owner, &format!("/sign-in?then={}", there.replace('\\', "%5C")));
        assert_eq!(inside.header("location"), "/", "{there}");
    }
}

#[test]
fn another_site_can_neither_sign_a_person_in_nor_out() {
    let town = Town::one();
    let foreign = |path: &str| {
        let request = town.request(Who::Owner, Method::POST, path).header("sec-fetch-site", "cross-site");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let csrf = &town.pass(Who::Owner).unwrap().csrf;
        town.send(request.body(Body::from(format!("csrf={csrf}"))).unwrap())
    };
    for path in [town.owner_link(), "/sign-in".into(), "/sign-out".into()] {
        let refused = foreign(&path);
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "access.csrf"));
        assert_eq!(refused.header("set-cookie"), "");
    }
    assert_eq!(town.page(Who::Owner, "/relationships").status, StatusCode::OK);
}

#[test]
fn the_cookie_is_out_of_reach_and_secure_behind_a_proxy_of_ours() {
    let town = Town::one();
    let enter = |from: [u8; 4], told: Option<&str>| {
        let mut request = Request::post(town.owner_link());
        if let Some(scheme) = told {
            request = request.header("x-forwarded-proto", scheme);
        }
        let from = ConnectInfo(SocketAddr::from((from, 4711)));
        town.send(request.extension(from).body(Body::empty()).unwrap()).header("set-cookie").to_owned()
    };
    let plain = enter([127, 0, 0, 1], None);
    for flag in ["mainstay_session=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age=604800"] {
        assert!(plain.contains(flag), "{plain}");
    }
    assert!(!plain.contains("Domain") && !plain.contains("Secure"), "{plain}");
    let secure = enter([127, 0, 0, 1], Some("https"));
    assert!(secure.starts_with("__Host-mainstay_session=") && secure.ends_with("; Secure"), "{secure}");
    assert!(!enter([192, 0, 2, 7], Some("https")).contains("Secure"), "a stranger says so");
}

#[test]
fn where_people_come_by_https_only_a_cookie_of_this_host_counts() {
    let town = Town::reached_at("https://mainstay.example.com");
    let pass = town.pass(Who::Owner).unwrap();
    assert_eq!(pass.name, "__Host-mainstay_session");
    assert_eq!(town.page(Who::Owner, "/relationships").status, StatusCode::OK);
    let planted =
        Request::get("/relationships").header("cookie", format!("mainstay_session={}", pass.cookie));
    let answer = town.send(planted.body(Body::empty()).unwrap());
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "a cookie that another program could have set opened a page"
    );
    let out = town.form(Who::Owner, "/sign-out", None, "");
    assert!(out.header("set-cookie").starts_with("__Host-mainstay_session=;"));
    assert_eq!(town.page(Who::Owner, "/relationships").status, StatusCode::SEE_OTHER);
}

#[test]
fn signing_out_ends_the_session_here_and_now() {
    for town in Town::all() {
        let out = town.form(Who::Member, "/sign-out", None, "");
        assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
        assert!(out.header("set-cookie").starts_with("mainstay_session=;"));
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(town.page(Who::Member, "/relationships").status, StatusCode::SEE_OTHER);
        assert_eq!(town.form(Who::Reader, "/sign-out", Some("wrong"), "").status, StatusCode::FORBIDDEN);
        assert_eq!(town.page(Who::Reader, "/relationships").status, StatusCode::OK);
    }
}

#[test]
fn a_form_of_another_session_an_old_one_or_none_is_refused_and_changes_nothing() {
    for town in Town::all() {
        let before = town.hash();
        let foreign = town.pass(Who::Member).unwrap().csrf.clone();
        let old = town.pass_by(&town.owner_link());
        let person = json!({"name": "Raft", "role": "owner"}).to_string();
        for proof in [foreign.as_str(), &old.csrf, "", "x"] {
            let request = town.request(Who::Owner, Method::POST, "/api/v1/people");
            let request = request.header("content-type", "application/json").header("x-csrf-token", proof);
            let refused = town.send(request.body(Body::from(person.clone())).unwrap());
            assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "access.csrf"));
            assert_eq!(town.form(Who::Owner, "/sign-out", Some(proof), "").status, StatusCode::FORBIDDEN);
        }
        // The proof in the address is none.
        let own = town.pass(Who::Owner).unwrap().csrf.clone();
        let path = format!("/api/v1/people?csrf={own}");
        let request =
            town.request(Who::Owner, Method::POST, &path).header("content-type", "application/json");
        assert_eq!(town.send(request.body(Body::from(person)).unwrap()).code(), "access.csrf");
        assert_eq!(town.hash(), before);
    }
}

#[test]
fn head_is_get_without_a_body_and_other_methods_are_told_so() {
    let town = Town::one();
    for path in ["/relationships", "/sign-in", "/api/v1/openapi.json"] {
        let get = town.page(Who::Owner, path);
        let head = town.send(town.request(Who::Owner, Method::HEAD, path).body(Body::empty()).unwrap());
        assert_eq!((head.status, head.text.as_str()), (get.status, ""));
        assert_eq!(head.header("content-type"), get.header("content-type"));
    }
    for method in [Method::TRACE, Method::PATCH, Method::DELETE] {
        let answer =
            town.send(town.request(Who::Owner, method, "/relationships").body(Body::empty()).unwrap());
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    }
}

#[test]
fn a_wrong_address_is_a_page_with_a_way_back() {
    for town in Town::all() {
        let inside = town.page(Who::Reader, "/no/such/page");
        assert_eq!((inside.status, inside.code().as_str()), (StatusCode::NOT_FOUND, "page.address"));
        assert!(inside.text.contains("href=\"/\"") && inside.text.contains("Reader of ours"));
        let outside = town.page(Who::Nobody, "/no/such/page");
        assert_eq!(outside.status, StatusCode::NOT_FOUND);
        assert!(outside.text.contains("href=\"/sign-in\""));
        assert_eq!(town.page(Who::Reader, "/accounts/acc_nonsense").status, StatusCode::NOT_FOUND);
        assert_eq!(town.page(Who::Reader, "/accounts/%ff").status, StatusCode::NOT_FOUND);
    }
}

#[test]
fn a_form_that_is_none_or_too_large_is_refused_with_a_page() {
    let town = Town::one();
    let send = |media: &str, body: String| {
        let request = town.request(Who::Owner, Method::POST, "/sign-out").header("content-type", media);
        town.send(request.body(Body::from(body)).unwrap()).status
    };
    let media = "application/x-www-form-urlencoded";
    assert_eq!(send(media, "x=".to_owned() + &"y".repeat((1 << 20) - 2)), StatusCode::FORBIDDEN);
    assert_eq!(send(media, "x=".to_owned() + &"y".repeat((1 << 20) - 1)), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(send("text/plain", "csrf=x".into()), StatusCode::BAD_REQUEST);
    assert_eq!(send(media, "csrf=%ff%fe&=&&&%zz".into()), StatusCode::FORBIDDEN);
}

#[test]
fn the_name_of_a_person_is_text_wherever_it_stands() {
    let town = Town::one();
    let person = json!({"name": "<script>alert(1)</script>", "role": "reader"});
    let invited = town.call(Who::Owner, Method::POST, "/people", Some(person)).json();
    let pass = town.pass_by(invited["sign_in_path"].as_str().unwrap());
    let request = Request::get("/no/such/page").header("cookie", format!("mainstay_session={}", pass.cookie));
    let page = town.send(request.body(Body::empty()).unwrap());
    assert!(page.text.contains("&lt;script&gt;alert(1)"), "{}", page.text);
    assert!(!page.text.contains("<script>alert"));
}

#[test]
fn whose_session_is_over_is_told_so_in_words_for_people() {
    let town = Town::one();
    let over = town.form(Who::Nobody, "/accounts/new", None, "name=Wick+Chandlery");
    assert_eq!(over.code(), "access.sign_in");
    assert!(over.text.contains("Your session is over") && over.text.contains("draft"), "{}", over.text);
    assert!(!over.text.contains("POST ") && !over.text.contains("token"), "{}", over.text);
    let reader = town.form(Who::Reader, "/accounts/new", None, "name=Wick+Chandlery");
    assert!(!reader.text.contains("POST "), "{}", reader.text);
}

#[test]
fn a_way_in_is_shown_as_the_whole_address_and_the_audit_tells_it_in_words() {
    for town in Town::all() {
        let shown = town.form(Who::Owner, "/people", None, "name=Rook&role=reader");
        let address = shown.text.split("data-handout").next().unwrap().rsplit("value=\"").next().unwrap();
        assert!(address.starts_with("http://") && address.contains("/sign-in/"), "{address}");
        town.form(Who::Owner, "/accounts/new", None, "name=Wick+Chandlery&anyway=on");
        let audit = town.page(Who::Owner, "/audit").text;
        assert!(audit.contains("Added an account"), "{audit}");
        assert!(audit.contains(">Wick Chandlery</a>"), "{audit}");
    }
}
