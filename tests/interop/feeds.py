"""Feeds as other people's systems publish them, right and wrong."""

import json
from typing import Any

from backend.interop.files import SourceFile


def nested(service_id: str = "s1", **more: Any) -> dict[str, Any]:
    """A service as the API of version 3 gives it."""
    return {
        "id": service_id,
        "name": f"Service {service_id}",
        "status": "active",
        "description": "<p>Help with homework.</p><p>Every Tuesday.</p>",
        "minimum_age": 8,
        "maximum_age": 14,
        "url": "https://example.org/homework",
        "organization": {"id": "o1", "name": "Homework Friends", "website": "https://example.org"},
        "cost_options": [{"id": "c1", "amount": 0, "option": "free"}],
        "languages": [{"name": "Polish"}, {"code": "so"}],
        "service_areas": [{"name": "Ladywood"}],
        "phones": [{"number": "0121 496 0400"}],
        "schedules": [{"byday": "TU", "opens_at": "16:00:00", "closes_at": "18:00:00"}],
        "service_at_locations": [
            {"location": {"name": "Library", "addresses": [{"address_1": "1 High Street", "postal_code": "B99 1AA"}]}}
        ],
        "attributes": [{"taxonomy_term": {"name": "Education and homework"}}],
        **more,
    }


def page(*services: dict[str, Any], **more: Any) -> list[SourceFile]:
    """One page of the API."""
    document = {"total_items": len(services), "total_pages": 1, "page_number": 1, "contents": list(services), **more}
    return [SourceFile("services.json", json.dumps(document).encode())]


def tables(**changed: str) -> list[SourceFile]:
    """The tables of a datapackage, as version 1 names them."""
    found = {
        "organizations": "id,name,description,url\no1,Homework Friends,,https://example.org\n",
        "services": (
            "id,organization_id,name,description,url,email,status,fees\n"
            "s1,o1,Homework club,Help with homework,https://example.org,help@example.org,active,Free\n"
            "s2,o1,Chess,Chess for all,,,active,\n"
        ),
        "eligibilitys": "id,service_id,eligibility,minimum_age,maximum_age\ne1,s1,For pupils,8,14\n",
        "languages": "id,service_id,language\nl1,s1,Polish\n",
        "service_areas": "id,service_id,service_area\na1,s1,Ladywood\n",
        "cost_options": "id,service_id,option,amount\nc1,s2,per session,2.50\n",
        "locations": "id,name\nl1,Library\n",
        "physical_addresses": "id,location_id,address_1,city,postal_code\np1,l1,1 High Street,Birmingham,B99 1AA\n",
        "service_at_locations": "id,service_id,location_id\nx1,s1,l1\n",
        "taxonomys": "id,name\nt1,Education\n",
        "service_taxonomys": "id,service_id,taxonomy_id\nst1,s1,t1\n",
        **changed,
    }
    return [SourceFile(f"{name}.csv", text.encode()) for name, text in found.items()]
