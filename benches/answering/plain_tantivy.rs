//! tantivy as its manual begins: one field, Swedish stems, BM25.

use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
    TokenizerManager,
};
use tantivy::{Index, Searcher, TantivyDocument, Term, doc};

use super::base::Document;
use super::measure::{Clock, System};

/// Memory that indexing may use, in bytes.
const BUDGET: usize = 256 << 20;
const TOKENIZER: &str = "swedish";

pub(crate) struct Tantivy {
    searcher: Searcher,
    analyzer: TextAnalyzer,
    id: Field,
    body: Field,
}

impl Tantivy {
    pub(crate) fn build(
        documents: impl Iterator<Item = anyhow::Result<Document>>,
        clock: &mut Clock,
    ) -> anyhow::Result<Tantivy> {
        let mut schema = Schema::builder();
        let id = schema.add_text_field("id", STORED);
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let body = schema.add_text_field(
            "body",
            TextOptions::default()
                .set_indexing_options(indexing)
                .set_stored(),
        );
        let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(40))
            .filter(LowerCaser)
            .filter(Stemmer::new(Language::Swedish))
            .build();
        let tokenizers = TokenizerManager::default();
        tokenizers.register(TOKENIZER, analyzer.clone());
        let builder = Index::builder()
            .schema(schema.build())
            .tokenizers(tokenizers);
        // One segment, written in this thread: the fastest form to read, and the clock sees all of the work.
        let mut writer =
            clock.run(|| builder.single_segment_index_writer(RamDirectory::create(), BUDGET))?;
        for document in documents {
            let document = document?;
            clock.run(|| writer.add_document(doc!(id => document.id, body => document.text)))?;
        }
        let index = clock.run(|| writer.finalize())?;
        let searcher = clock.run(|| index.reader().map(|r| r.searcher()))?;
        Ok(Tantivy {
            searcher,
            analyzer,
            id,
            body,
        })
    }
}

impl System for Tantivy {
    fn first_ten(&mut self, question: &str) -> anyhow::Result<Vec<String>> {
        let mut terms: Vec<Term> = Vec::new();
        self.analyzer
            .token_stream(question)
            .process(&mut |token| terms.push(Term::from_field_text(self.body, &token.text)));
        terms.sort_unstable();
        terms.dedup();
        let any = |term| {
            (
                Occur::Should,
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>,
            )
        };
        let query = BooleanQuery::new(terms.into_iter().map(any).collect());
        let best = self
            .searcher
            .search(&query, &TopDocs::with_limit(10).order_by_score())?;
        best.into_iter()
            .map(|(_, address)| {
                let found: TantivyDocument = self.searcher.doc(address)?;
                Ok(found
                    .get_first(self.id)
                    .and_then(|v| v.as_str().map(str::to_owned))
                    .unwrap_or_default())
            })
            .collect()
    }
}
