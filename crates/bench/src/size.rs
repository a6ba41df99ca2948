//! What is carried: the binary to the machine, and the bytes over the line until a visitor can type. Images of the host
//! page and the conversation itself are not counted.

use std::fs;

use anyhow::{Context, ensure};

use crate::http::Client;
use crate::report::{Bar, Figure, Report};
use crate::server::Installation;

const BINARY_MB_MAX: f64 = 25.0;
const LAUNCHER_BYTES_MAX: f64 = 3_000.0;
const PATH_BYTES_MAX: f64 = 13_000.0;
const PATH_REQUESTS_MAX: f64 = 4.0;

/// Measures the file, then loads as a browser would.
pub(crate) async fn measure(here: &Installation, report: &mut Report) -> anyhow::Result<()> {
    let bytes = fs::metadata(&here.binary).context("the binary is gone")?.len();
    let binary = Figure::new("size of the binary", f64::from(u32::try_from(bytes / 1_000)?) / 1_000.0, "MB");
    report.add(binary.bar(Bar::AtMost(BINARY_MB_MAX)));

    let server = here.serve().await?;
    let mut client = Client::connect(server.address).await?;
    let token = &here.account.website_token;
    let launcher = transferred(&mut client, &format!("/widget/{token}.js")).await?;
    report.add(Figure::new("launcher, packed", as_number(launcher)?, "bytes").bar(Bar::AtMost(LAUNCHER_BYTES_MAX)));

    let frame = format!("/widget/{token}/frame");
    let mut sizes = vec![("launcher".to_owned(), launcher), ("frame".to_owned(), transferred(&mut client, &frame).await?)];
    // Asked for unpacked as well, to see what the page loads.
    let page = client.send(&crate::http::request("GET", &frame, "", "")).await?.ok()?;
    for path in loaded_by(std::str::from_utf8(&page).context("the frame is no text")?) {
        let size = transferred(&mut client, path).await?;
        sizes.push((path.rsplit('.').next().unwrap_or_default().to_owned(), size));
    }
    let note = sizes.iter().map(|(name, size)| format!("{name} {size}")).collect::<Vec<_>>().join(", ");
    let total = sizes.iter().map(|it| it.1).sum();
    report.add(Figure::new("until a visitor can type, packed", as_number(total)?, "bytes").bar(Bar::AtMost(PATH_BYTES_MAX)).note(note));
    report.add(Figure::new("until a visitor can type", as_number(sizes.len())?, "requests").bar(Bar::AtMost(PATH_REQUESTS_MAX)));
    Ok(())
}

async fn transferred(client: &mut Client, path: &str) -> anyhow::Result<usize> {
    let answer = client.get(path).await?;
    let is_gzip = answer.is_gzip;
    let bytes = answer.ok().with_context(|| path.to_owned())?.len();
    // Small files may travel as they are.
    ensure!(is_gzip || bytes < 1_024, "{path} is not packed");
    Ok(bytes)
}

fn as_number(count: usize) -> anyhow::Result<f64> {
    Ok(f64::from(u32::try_from(count)?))
}

/// Scripts and style sheets that a page names, in its order.
fn loaded_by(html: &str) -> Vec<&str> {
    let tags = html.split('<').filter(|it| it.starts_with("script ") || it.starts_with("link "));
    let attribute = |tag: &'_ str, name: &str| tag.find(name).map(|at| at + name.len());
    tags.filter_map(|tag| {
        let from = attribute(tag, " src=\"").or_else(|| attribute(tag, " href=\""))?;
        tag.get(from..)?.split('"').next()
    })
    .filter(|it| it.starts_with('/'))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_loads_its_scripts_styles_and_preloads_only() {
        let html = r#"<html><link rel="icon" href="data:," /><link rel="modulepreload" crossorigin href="/assets/b.js">
            <script type="application/json" id="config">{"a":"/x"}</script><script type="module" src="/assets/a.js"></script>
            <link rel="stylesheet" href="/assets/a.css"><a href="/else">x</a></html>"#;
        assert_eq!(loaded_by(html), ["/assets/b.js", "/assets/a.js", "/assets/a.css"]);
    }
}
