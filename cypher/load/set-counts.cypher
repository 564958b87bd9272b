// Gives plans of an earlier release the counts that a list shows of each.
// params: documents (list of string, document ids)
// returns: none
UNWIND $documents AS document
MATCH (d:Document {id: document})
SET d.count_sections = COUNT { MATCH (d)-[:HAS_SECTION*1..12]->(:Section) },
    d.count_items = COUNT { MATCH (d)-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(:Item) },
    d.count_lead = COUNT {
      MATCH (d)-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
      WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
      MATCH (i)<-[:LEADS]-(:Unit) },
    d.count_responsible = COUNT {
      MATCH (d)-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
      WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
      MATCH (i)<-[:RESPONSIBLE_FOR]-(:Unit) },
    d.count_cooperating = COUNT {
      MATCH (d)-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
      WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
      MATCH (i)<-[:COOPERATES_ON]-(:Unit) },
    d.count_supervising = COUNT {
      MATCH (d)-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
      WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
      MATCH (i)<-[:SUPERVISES]-(:Unit) },
    d.count_citations = COUNT {
      MATCH (d)-[:HAS_SECTION*1..12]->(:Section)-[:HAS_ITEM]->(top:Item)-[:HAS_PART*0..6]->(i:Item)
      WHERE (top.id = i.id OR right(top.id, 2) <> '-h')
      MATCH (i)-[:CITES]->(:Regulation) },
    d.count_document_duties = COUNT { MATCH (d)<-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES]-(:Unit) };
