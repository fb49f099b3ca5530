using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Observability;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;

namespace GraphRisk.Server.Search;

/// <summary>
/// Full-text index over every text the store ever recorded, in a folder. It follows the store's changes in order and
/// notes which versions believe a text, so one index answers for every <c>asOf</c> and <c>knownAt</c>; a crash or a full disk loses at
/// most what was not committed, and the next catch-up reads that again. An index made under another schema, another
/// way of analysing or of another history of the store is made anew, one that is damaged likewise. One writer; any number of readers at the same time.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>Raised when texts are analysed differently, which makes older indexes useless.</summary>
    private const string AnalysisVersion = "4";

    /// <summary>Changes after which what was gathered is committed.</summary>
    private const int CommitInterval = 100_000;

    /// <summary>Times a search is tried where the index was made again under it.</summary>
    private const int MostTries = 3;

    private readonly SchemaCatalog catalog;
    private readonly IndexFiles files;
    private readonly SemaphoreSlim writing = new(1, 1);

    /// <summary>Since the last commit: the believed recording of each fact that was met, null where none is believed.</summary>
    private readonly Dictionary<FactId, long?> metSinceCommit = [];

    /// <summary>Whether the history the index was made of was held against the store's.</summary>
    private volatile bool isHeld;

    private SearchIndex(SchemaCatalog catalog, IndexFiles files) => (this.catalog, this.files) = (catalog, files);

    /// <summary>Version of the store up to which the index has followed; 0 for a new one.</summary>
    public long Version => files.State.Followed.Version;

    /// <summary>Opens the index of a folder, or makes it.</summary>
    /// <param name="catalog">The schema.</param>
    /// <param name="folder">The folder; holds nothing that cannot be made again.</param>
    /// <param name="report">Hears, in a sentence each, why the index is made again; null for nobody.</param>
    /// <exception cref="IOException">The folder can be neither read nor made again, or another process writes it.</exception>
    public static SearchIndex Open(SchemaCatalog catalog, string folder, Action<string>? report = null)
    {
        System.IO.Directory.CreateDirectory(folder);
        return Over(catalog, new NIOFSDirectory(folder), folder, report);
    }

    /// <summary>Where the index of a folder has followed to by its last commit, read beside whoever writes it; null where there is none, or one that cannot be read, which is made again.</summary>
    /// <param name="folder">The folder.</param>
    public static (long Version, StoreMark Mark)? FollowedIn(string folder) => IndexFiles.FollowedIn(folder) is { } followed ? (followed.Version, followed.Mark) : null;

    /// <summary>The same over a directory of Lucene's, which is closed with it.</summary>
    internal static SearchIndex Over(SchemaCatalog catalog, Lucene.Net.Store.Directory directory, string name, Action<string>? report) =>
        new(catalog, new IndexFiles(directory, name, $"{AnalysisVersion} {catalog.Hash}", report ?? (_ => { })));

    /// <summary>Reads the changes the index has not seen yet, up to a version at least.</summary>
    /// <exception cref="IOException">The index cannot be written; what it has is as it was, and the next call goes on from there.</exception>
    public async ValueTask CatchUpAsync(IGraphStore store, long version, CancellationToken cancellation = default)
    {
        if (isHeld && Version >= version) return;
        using var span = Signals.Traces.StartActivity("search catch-up");
        span?.SetTag("graphrisk.store.version", version);
        await writing.WaitAsync(cancellation);
        try
        {
            if (!isHeld) await HoldAsync(store, version, cancellation);
            if (Version < version) await FollowAsync(store, cancellation);
        }
        catch (Exception error)
        {
            span.Failed(error);
            throw;
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>
    /// The texts that match, best first, a node's best only; equals are ordered by node id. The index is brought up to the version asked at; where its files turn
    /// out damaged it is made again and asked again.
    /// </summary>
    /// <param name="store">The store it follows.</param>
    /// <param name="request">What is looked for.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<IReadOnlyList<SearchHit>> FindAsync(IGraphStore store, SearchRequest request, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            await CatchUpAsync(store, request.AtVersion, cancellation);
            try
            {
                if (Find(request) is { } found) return found;
            }
            catch (Exception error) when (attempt < MostTries && files.IsDamaged())
            {
                await RemakeAsync(error.Message, cancellation);
            }
        }
    }

    public void Dispose()
    {
        files.Dispose();
        writing.Dispose();
    }

    /// <summary>The hits; null where the index was made again since it was brought up.</summary>
    private SearchHit[]? Find(SearchRequest request)
    {
        var state = files.State;
        IndexSearcher searcher;
        try
        {
            searcher = state.Searchers.Acquire();
        }
        catch (ObjectDisposedException) when (state != files.State)
        {
            return null;
        }

        try
        {
            if (state.Followed.Version < request.AtVersion) return null;
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
            state.Searchers.Release(searcher);
        }
    }

    private async ValueTask RemakeAsync(string why, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            metSinceCommit.Clear();
            if (files.IsDamaged()) files.Remake(why);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Makes the index anew where it followed another history than the store's. A store that is away is not waited for where the index has the version.</summary>
    private async ValueTask HoldAsync(IGraphStore store, long version, CancellationToken cancellation)
    {
        var followed = files.State.Followed;
        try
        {
            if (followed.Version > 0 && await store.GetMarkAsync(followed.Version, cancellation) != followed.Mark)
                files.Remake("it was made of another store, or of another history of it.");
            isHeld = true;
        }
        catch (StoreUnavailableException error) when (error.IsAway && followed.Version >= version)
        {
            // It is held against the store when that is back.
        }
    }

    private async ValueTask FollowAsync(IGraphStore store, CancellationToken cancellation)
    {
        var (last, whole, count) = (Version, Version, 0);
        var ofVersion = new List<(NodeFact Node, RecordedFact Recorded)>();

        // A version is followed when all of it has been read: what breaks off in the middle would be followed twice.
        async ValueTask FollowVersionAsync()
        {
            foreach (var (node, recorded) in ofVersion) Write(() => Follow(node, recorded));
            whole = last;
            count += ofVersion.Count;
            ofVersion.Clear();
            if (count < CommitInterval) return;
            await CommitAsync(store, whole, cancellation);
            count = 0;
        }

        try
        {
            await foreach (var recorded in store.ReadChangesAsync(Version, cancellation).WithCancellation(cancellation))
            {
                if (recorded.Version != last)
                {
                    await FollowVersionAsync();
                    last = recorded.Version;
                }

                if (recorded.Fact is NodeFact node) ofVersion.Add((node, recorded));
            }

            await FollowVersionAsync();
            await CommitAsync(store, whole, cancellation);
        }
        catch (OperationCanceledException) when (whole > Version)
        {
            // The version that was being read is not followed yet; those before it need not be read again.
            try
            {
                await CommitAsync(store, whole, CancellationToken.None);
            }
            catch
            {
                RollBack();
                throw;
            }

            throw;
        }
        catch (UnwrittenException error)
        {
            RollBack();
            throw new IOException($"The search index cannot be brought up to the store and stays at version {Version}; it goes on from there: {error.InnerException!.Message}", error.InnerException);
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    private void RollBack()
    {
        metSinceCommit.Clear();
        files.RollBack();
    }

    private static void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error)
        {
            throw new UnwrittenException(error);
        }
    }

    private void Follow(NodeFact fact, RecordedFact recorded)
    {
        var id = fact.Id;
        if (recorded.Sequence != recorded.FirstSequence && OpenRecordingOf(id) is { } earlier)
            files.Writer.UpdateNumericDocValue(RecordingTerm(earlier), IndexedText.Superseded, recorded.Version);
        metSinceCommit[id] = null;
        if (recorded.Kind == ChangeKind.Retract) return;
        foreach (var document in IndexedText.Of(catalog.Node(fact.Node.Type), fact, recorded))
        {
            files.Writer.AddDocument(document);
            metSinceCommit[id] = recorded.Sequence;
        }
    }

    /// <summary>The recording of a fact that is believed so far; null where none is, or none of its texts is indexed.</summary>
    private long? OpenRecordingOf(FactId fact)
    {
        if (metSinceCommit.TryGetValue(fact, out var recent)) return recent;
        var searchers = files.State.Searchers;
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

    private async ValueTask CommitAsync(IGraphStore store, long version, CancellationToken cancellation)
    {
        var mark = await store.GetMarkAsync(version, cancellation) ?? throw new StoreUnavailableException($"The store has no version {version} any more: its file was replaced while it was read.");
        Write(() => files.Commit(new Followed(version, mark)));
        metSinceCommit.Clear();
    }

    /// <summary>What was to be written could not be: nobody knows what of it the index has.</summary>
    private sealed class UnwrittenException(Exception inner) : Exception(inner.Message, inner);

    private static Term RecordingTerm(long recording) =>
        new(IndexedText.Recording, recording.ToString(CultureInfo.InvariantCulture));

    private IEnumerable<SearchHit> Find(IndexSearcher searcher, SearchTier tier, Query query, SearchRequest request)
    {
        var order = new Sort(SortField.FIELD_SCORE, new SortField(IndexedText.Node, SortFieldType.STRING));
        var found = searcher.Search(query, SearchScope.Of(catalog, request), request.Limit, order, true, true);
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
}
