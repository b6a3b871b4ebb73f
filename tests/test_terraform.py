"""What the check of Terraform examples takes, and what it finds."""

from __future__ import annotations

import pytest
from terraform import check_terraform
from test_examples import EXAMPLES

RESOURCE = 'resource "azurerm_key_vault" "orders" {\n  name = "kv-orders"\n}\n'


@pytest.mark.parametrize(
    "code",
    [
        RESOURCE,
        'terraform {\n  backend "azurerm" {\n    key = "orders.tfstate"\n  }\n}\n',
        "# all of it\nlocals {\n  names = [for name in var.names : upper(name)]\n}\n",
        'import {\n  to = azurerm_key_vault.orders\n  id = "/subscriptions/${var.subscription_id}"\n}\n',
    ],
)
def test_valid_terraform_is_taken(code: str) -> None:
    """Resources, settings, expressions, and imports pass."""
    check_terraform(code)


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        (RESOURCE.replace("}\n", ""), "line"),
        (RESOURCE.replace(' = "', ' "'), "line 3"),
        (RESOURCE.replace('"kv-orders"', ""), "line"),
        (RESOURCE.replace("resource", "widget"), "no block 'widget'"),
        (RESOURCE.replace('"orders" ', ""), "takes 2 labels"),
        ('name = "kv-orders"\n', "not in a block"),
    ],
)
def test_broken_terraform_is_found(code: str, complaint: str) -> None:
    """A missing brace, sign, value, or label, and a block or a value that Terraform doesn't know, are each told."""
    with pytest.raises(AssertionError, match=complaint):
        check_terraform(code)


def test_restores_show_terraform_beside_bicep() -> None:
    """A page about restoring that shows configuration in Bicep shows it in Terraform too."""
    languages: dict[str, set[str]] = {}
    for example in EXAMPLES:
        if str(example.path).startswith("content/restore/"):
            languages.setdefault(str(example.path), set()).add(example.language)
    with_bicep = {path for path, found in languages.items() if "bicep" in found}
    assert len(with_bicep) >= 5
    assert [path for path in with_bicep if "terraform" not in languages[path]] == []
