"""What the check of Terraform examples takes, and what it finds."""

from __future__ import annotations

import pytest
from terraform import check_terraform

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
