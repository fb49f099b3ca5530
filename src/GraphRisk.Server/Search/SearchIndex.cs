using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace GraphRisk.Server.Search;

/// <summary>
/// Full-text index over every text the store ever recorded, in a folder. It follows the store's changes in order and
/// notes which versions believe a text, so one index answers for every <c>asOf</c> and <c>knownAt</c>; a crash loses at
/// most what was not committed, and the next catch-up reads that again. An index made under another schema or another
/// way of analysing is made anew. One writer; any number of readers at the same time.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>Raised when texts are analysed differently, which makes older indexes useless.</summary>
    private const string AnalysisVersion = "3";

    /// <summary>Changes after which what was gathered is committed.</summary>
    private const int CommitInterval = 100_000;

    /// <summary>Own nodes of a client whose texts are searched; Lucene takes 1,024 alternatives.</summary>
    private const int MostOwn = 1_000;

    private readonly SchemaCatalog catalog;
    private readonly FSDirectory directory;
    private readonly NameAnalyzer analyzer = new();
    private readonly IndexWriter writer;
    private readonly SearcherManager searchers;
    private readonly SemaphoreSlim writing = new(1, 1);

    /// <summary>Since the last commit: the believed recording of each fact that was met, null where none is believed.</summary>
    private readonly Dictionary<FactId, long?> metSinceCommit = [];

    private SearchIndex(SchemaCatalog catalog, string folder)
    {
        this.catalog = catalog;
        directory = FSDirectory.Open(folder);
        writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { RAMBufferSizeMB = 48, Similarity = SameWords.Similarity });
        if (!writer.CommitData.TryGetValue("stamp", out var stamp) || stamp != Stamp) writer.DeleteAll();
        else Version = long.Parse(writer.CommitData["version"], CultureInfo.InvariantCulture);
        searchers = new SearcherManager(writer, true, new SameWords.Searchers());
    }

    /// <summary>Version of the store up to which the index has followed; 0 for a new one.</summary>
    public long Version { get; private set; }

    private string Stamp => $"{AnalysisVersion} {catalog.Hash}";

    /// <summary>Opens the index of a folder, or makes it.</summary>
    public static SearchIndex Open(SchemaCatalog catalog, string folder)
    {
        System.IO.Directory.CreateDirectory(folder);
        return new SearchIndex(catalog, folder);
    }

    /// <summary>Reads the changes the index has not seen yet, up to a version at least.</summary>
    public async ValueTask CatchUpAsync(IGraphStore store, long version, CancellationToken cancellation = default)
    {
        if (Version >= version) return;
        await writing.WaitAsync(cancellation);
        try
        {
            if (Version >= version) return;
            var (last, count) = (Version, 0);
            var ofVersion = new List<(NodeFact Node, RecordedFact Recorded)>();

            // A version is followed when all of it has been read: what breaks off in the middle would be followed twice.
            void FollowVersion()
            {
                foreach (var (node, recorded) in ofVersion) Follow(node, recorded);
                count += ofVersion.Count;
                ofVersion.Clear();
                if (count < CommitInterval) return;
                Commit(last);
                count = 0;
            }

            try
            {
                await foreach (var recorded in store.ReadChangesAsync(Version, cancellation).WithCancellation(cancellation))
                {
                    if (recorded.Version != last)
                    {
                        FollowVersion();
                        last = recorded.Version;
                    }

                    if (recorded.Fact is NodeFact node) ofVersion.Add((node, recorded));
                }

                FollowVersion();
                Commit(last);
            }
            catch when (count > 0)
            {
                // The version that was being read is not followed yet.
                Commit(last - 1);
                throw;
            }
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The texts that match, best first, a node's best only; equals are ordered by node id.</summary>
    public IReadOnlyList<SearchHit> Find(SearchRequest request)
    {
        var searcher = searchers.Acquire();
        try
        {
            return [.. SearchTiers.All
                .Where(tier => request.Ways?.Contains(tier.Match) ?? true)
                .SelectMany(tier => tier.Query(request.Text) is { } query ? Find(searcher, tier, query, request) : [])
                .OrderByDescending(hit => hit.Score)
                .ThenBy(hit => hit.Match)
                .ThenBy(hit => hit.Node)
                .ThenBy(hit => hit.Field, StringComparer.Ordinal)
                .ThenBy(hit => hit.Text, StringComparer.Ordinal)];
        }
        finally
        {
            searchers.Release(searcher);
        }
    }

    public void Dispose()
    {
        searchers.Dispose();
        writer.Dispose();
        directory.Dispose();
        analyzer.Dispose();
        writing.Dispose();
    }

    private void Follow(NodeFact fact, RecordedFact recorded)
    {
        var id = fact.Id;
        if (recorded.Sequence != recorded.FirstSequence && OpenRecordingOf(id) is { } earlier)
            writer.UpdateNumericDocValue(RecordingTerm(earlier), IndexedText.Superseded, recorded.Version);
        metSinceCommit[id] = null;
        if (recorded.Kind == ChangeKind.Retract) return;
        foreach (var document in IndexedText.Of(catalog.Node(fact.Node.Type), fact, recorded))
        {
            writer.AddDocument(document);
            metSinceCommit[id] = recorded.Sequence;
        }
    }

    /// <summary>The recording of a fact that is believed so far; null where none is, or none of its texts is indexed.</summary>
    private long? OpenRecordingOf(FactId fact)
    {
        if (metSinceCommit.TryGetValue(fact, out var recent)) return recent;
        var searcher = searchers.Acquire();
        try
        {
            var superseded = MultiDocValues.GetNumericValues(searcher.IndexReader, IndexedText.Superseded);
            foreach (var hit in searcher.Search(new TermQuery(new Term(IndexedText.Fact, fact.ToString())), int.MaxValue).ScoreDocs)
                if (superseded.Get(hit.Doc) == long.MaxValue)
                    return long.Parse(searcher.Doc(hit.Doc).Get(IndexedText.Recording), CultureInfo.InvariantCulture);
            return null;
        }
        finally
        {
            searchers.Release(searcher);
        }
    }

    private void Commit(long version)
    {
        writer.SetCommitData(new Dictionary<string, string>
        {
            ["stamp"] = Stamp,
            ["version"] = version.ToString(CultureInfo.InvariantCulture),
        });
        writer.Commit();
        searchers.MaybeRefreshBlocking();
        metSinceCommit.Clear();
        Version = version;
    }

    private static Term RecordingTerm(long recording) =>
        new(IndexedText.Recording, recording.ToString(CultureInfo.InvariantCulture));

    private IEnumerable<SearchHit> Find(IndexSearcher searcher, SearchTier tier, Query query, SearchRequest request)
    {
        var order = new Sort(SortField.FIELD_SCORE, new SortField(IndexedText.Node, SortFieldType.STRING));
        var found = searcher.Search(query, ScopeOf(request), request.Limit, order, true, true);
        foreach (var hit in found.ScoreDocs)
        {
            var document = searcher.Doc(hit.Doc);
            var part = tier.Match switch
            {
                SearchMatch.Words => hit.Score / found.MaxScore,
                SearchMatch.Within => SearchTiers.PartWithin(document.Get(IndexedText.Key), SearchText.Key(request.Text)),
                _ => PartTyped(tier, document, request.Text),
            };
            yield return new SearchHit(
                NodeId.Parse(document.Get(IndexedText.Node)), document.Get(IndexedText.Field),
                document.Get(IndexedText.Text), tier.Match, tier.Score(part));
        }
    }

    private static double PartTyped(SearchTier tier, Document document, string text)
    {
        if (tier.Fall == 0) return 1;
        var (field, typed) = tier.Match == SearchMatch.PinyinPrefix
            ? (IndexedText.Pinyin, Pinyin.Typed(SearchText.Key(text)))
            : (IndexedText.Key, SearchText.Key(text));
        return document.GetValues(field)
            .Where(value => value.StartsWith(typed, StringComparison.Ordinal))
            .Select(value => (double)typed.Length / value.Length)
            .DefaultIfEmpty(0).Max();
    }

    private QueryWrapperFilter ScopeOf(SearchRequest request)
    {
        var scope = new BooleanQuery
        {
            { NumericRangeQuery.NewInt64Range(IndexedText.Known, null, request.AtVersion, true, true), Occur.MUST },
            { NumericRangeQuery.NewInt64Range(IndexedText.Since, null, request.AsOf.ToUnixTimeMilliseconds(), true, true), Occur.MUST },
            { new ConstantScoreQuery(FieldCacheRangeFilter.NewInt64Range(IndexedText.Superseded, request.AtVersion, null, false, true)), Occur.MUST },
        };
        if (request.Types is { } types)
        {
            var any = new BooleanQuery();
            foreach (var type in types) any.Add(new TermQuery(new Term(IndexedText.Type, type)), Occur.SHOULD);
            scope.Add(any, Occur.MUST);
        }

        if (!request.Entitlement.IsWhole) scope.Add(Entitled(request), Occur.MUST);
        return new QueryWrapperFilter(scope);
    }

    /// <summary>The texts an entitlement covers, as <see cref="Snapshot.Covers"/> has it for node facts.</summary>
    private BooleanQuery Entitled(SearchRequest request)
    {
        var types = new BooleanQuery();
        foreach (var type in catalog.NodeTypes.Where(type => type.Level <= request.Entitlement.OpenLevel))
            types.Add(new TermQuery(new Term(IndexedText.Type, type.Name)), Occur.SHOULD);
        var entitled = new BooleanQuery
        {
            { new BooleanQuery { { new TermQuery(new Term(IndexedText.Owner, "")), Occur.MUST }, { types, Occur.MUST } }, Occur.SHOULD },
        };
        if (request.Entitlement.Broker is { } broker) entitled.Add(new TermQuery(new Term(IndexedText.Owner, broker)), Occur.SHOULD);
        foreach (var node in request.Own.Where(node => IndexedText.Has(catalog.Node(node.Type))).Take(MostOwn)) entitled.Add(new TermQuery(new Term(IndexedText.Node, node.ToString())), Occur.SHOULD);
        return entitled;
    }
}
