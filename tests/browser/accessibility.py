"""What axe finds wrong with a page."""

import json

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page


def violations(page: Page, part: str = "html", rules: list[str] | None = None) -> list[str]:
    """Each broken rule with the element that breaks it, in a part of the page; of all rules or of some."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"]}
    options |= {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    run = f"axe.run({json.dumps(part)}, {json.dumps(options)})"
    found = page.evaluate(f"() => {run}.then((said) => said.violations)")
    return [
        f"{one['id']}: {node['target'][0]} {node['html'][:120]}" for one in found for node in one["nodes"]
    ]
