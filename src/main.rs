#![recursion_limit = "256"]
#[tokio::main(flavor = "multi_thread", worker_threads = 4)]
async fn main() -> anyhow::Result<()> {
    let db = sqlx::PgPool::connect(&std::env::var("DATABASE_URL")?).await?;
    let site = observatory::server::Site {
        root: "target/site".into(),
        public_url: "http://127.0.0.1:3000".into(),
        contact: None,
    };
    observatory::server::serve(
        "127.0.0.1:3000".parse()?,
        site,
        db,
        |a| println!("http://{a}"),
        std::future::pending(),
    )
    .await
}
