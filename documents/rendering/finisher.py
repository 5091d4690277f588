"""Says in the metadata that a PDF/A-3a file is PDF/UA-1 too.

WeasyPrint writes the structure that PDF/UA-1 (ISO 14289-1) asks for, but names one standard only.
PDF/A wants every property outside its own list described in an extension schema (ISO 19005-3,
6.6.2.3), so both go in: the description and the identification.
"""

from typing import Any

_UA = b"""<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
"""


def name_pdf_ua(_document: Any, pdf: Any) -> None:
    """A finisher for `write_pdf`: adds the identification to the XMP metadata of `pdf`.

    Raises ValueError when the metadata is not where WeasyPrint 70 writes it.
    """
    end = b"</rdf:RDF>"
    streams = [
        item for item in pdf.objects if getattr(item, "extra", {}).get("Type") == "/Metadata"
    ]
    if len(streams) != 1 or streams[0].stream[0].count(end) != 1:
        raise ValueError("the metadata of this PDF is not where it was expected")
    (metadata,) = streams
    metadata.stream[0] = metadata.stream[0].replace(end, _UA + end)
