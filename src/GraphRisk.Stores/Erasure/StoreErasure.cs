using System.Collections.Immutable;
using System.IO.Pipelines;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Stores.Erasure;

/// <summary>
/// Takes a client out of the embedded store. The log is append-only, so nothing of it is left out: each recording about the client becomes a <see cref="Tombstone"/>, which keeps its number, version, kind
/// and source, and in recordings of others what tells who the client is is struck out. The store is written anew, row by row, so no page of the new file ever held what was erased; versions, times and the chain of marks are
/// what they were, under a new history, so that nothing derived before answers for it. The content hash is another one: that of before and after are kept in the store.
/// </summary>
public static class StoreErasure
{
    private const string NodeSql = "SELECT type, key FROM node ORDER BY no";
    private const string LogSql = "SELECT sequence, a, b, record_key, key, properties, valid_from FROM recording ORDER BY sequence";
    private const string OwnFactsSql = "SELECT sequence, a, properties FROM recording WHERE b IS NULL ORDER BY sequence";

    /// <summary>Says what an erasure would take out; writes nothing. Reads the log twice.</summary>
    /// <param name="store">The store.</param>
    /// <param name="parties">Every record of the client.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Task<ErasurePlan> PlanAsync(SqliteGraphStore store, IReadOnlyCollection<NodeId> parties, CancellationToken cancellation = default) => Task.Run(
        () => store.WithSession(session => Plan(session, store.Indexes, store.Catalog, parties, cancellation), cancellation).AsTask(), cancellation);

    /// <summary>Makes sure that nobody else has the store's file open.</summary>
    /// <param name="path">The file; nobody in this process has it open.</param>
    /// <param name="catalog">The schema.</param>
    /// <exception cref="StoreUnavailableException">Somebody has.</exception>
    public static void RequireAlone(string path, SchemaCatalog catalog)
    {
        using var session = Session.Open(path, catalog, 1 << 20, TimeSpan.FromSeconds(1), mayMake: false);
        try
        {
            // Leaving WAL mode takes the file for this connection alone; it is gone back to at the next opening.
            session.Execute("PRAGMA journal_mode = DELETE");
        }
        catch (StoreUnavailableException error)
        {
            throw new StoreUnavailableException($"Somebody has the store open, such as a server: stop it first ({path}).", error);
        }
    }

    /// <summary>Writes the store anew without the client.</summary>
    /// <param name="store">The store; nobody writes to it meanwhile.</param>
    /// <param name="plan">What goes, as <see cref="PlanAsync"/> said of this store.</param>
    /// <param name="path">The new file; there is none yet. Where it fails an unfinished one is left.</param>
    /// <param name="at">When.</param>
    /// <param name="progress">Told how many recordings are written; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<ErasedStore> RewriteAsync(
        SqliteGraphStore store, ErasurePlan plan, string path, DateTimeOffset at, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var version = await store.GetVersionAsync(cancellation);
        var before = await Task.Run(() => ContentHash.ComputeAsync(store, version.Number, cancellation).AsTask(), cancellation);
        var number = await store.WithSession(session => (session.Prepare("SELECT max(number) FROM erasure").Number() ?? 0) + 1, cancellation);
        var numbers = await store.WithSession(session => NumbersOf(session, store.Indexes, plan.Nodes), cancellation);
        var rewriting = new TombstoneWriting(number, numbers, plan.Sought);
        await CopyAsync(store, path, version, rewriting, progress, cancellation);
        await using var written = GraphStores.OpenSqlite(path, store.Catalog, new SqliteStoreOptions { MayMake = false });
        var after = await Task.Run(() => ContentHash.ComputeAsync(written, version.Number, cancellation).AsTask(), cancellation);
        await written.WithSession(
            session =>
            {
                session.Prepare("INSERT INTO erasure (number, at, version, tombstones, struck, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)")
                    .Bind(1, number).Bind(2, at.ToUnixTimeMilliseconds()).Bind(3, version.Number).Bind(4, rewriting.Tombstones).Bind(5, rewriting.Struck).Bind(6, before).Bind(7, after).Run();
                return true;
            },
            cancellation);
        return new ErasedStore(number, version.Number, rewriting.Tombstones, rewriting.Struck, before, after);
    }

    /// <summary>The erasures of a store, oldest first.</summary>
    public static ValueTask<IReadOnlyList<NotedErasure>> NotedAsync(SqliteGraphStore store, CancellationToken cancellation = default) => store.WithSession<IReadOnlyList<NotedErasure>>(
        session =>
        {
            var noted = new List<NotedErasure>();
            var rows = session.Prepare("SELECT number, at, version, before, after FROM erasure ORDER BY number");
            while (rows.Step()) noted.Add(new NotedErasure(rows.Integer(0), DateTimeOffset.FromUnixTimeMilliseconds(rows.Integer(1)), rows.Integer(2), rows.Text(3), rows.Text(4)));
            rows.Reset();
            return noted;
        },
        cancellation);

    private static async Task CopyAsync(SqliteGraphStore store, string path, StoreVersion version, ILogRewriting rewriting, IProgress<long>? progress, CancellationToken cancellation)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 4 << 20, resumeWriterThreshold: 2 << 20, useSynchronizationContext: false));
        var reading = Task.Run(
            async () =>
            {
                Exception? failure = null;
                try
                {
                    await store.WithSession(session => LogDump.Write(session, null, version, pipe.Writer.AsStream(leaveOpen: true), null, cancellation), cancellation);
                }
                catch (Exception error)
                {
                    failure = error;
                }

                await pipe.Writer.CompleteAsync(failure);
            },
            CancellationToken.None);
        var writing = Task.Run(
            () => LogLoad.Run(path, store.Catalog, [() => pipe.Reader.AsStream()], version.Number, new SqliteStoreOptions(), progress, cancellation, rewriting), CancellationToken.None);
        await Task.WhenAll(writing, reading);
    }

    private static ErasurePlan Plan(Session session, StoreIndexes indexes, SchemaCatalog catalog, IReadOnlyCollection<NodeId> parties, CancellationToken cancellation)
    {
        var (nodes, shared) = ErasureScope.Find(session, indexes, catalog, parties, cancellation);
        var (said, days) = (new HashSet<string>(StringComparer.Ordinal), ImmutableSortedDictionary.CreateBuilder<string, DateTimeOffset>(StringComparer.Ordinal));
        foreach (var node in nodes)
        {
            said.Add(node.ToString());
            said.Add(node.Key);
            foreach (var recorded in ErasureScope.RecordingsOf(session, indexes, node, withRelationships: true))
            {
                if (recorded.Fact is NodeFact) said.UnionWith(Telling.Of(catalog, recorded.Fact).Append(recorded.Fact.Provenance.RecordKey));
                Note(days, recorded.Fact is NodeFact ? node.Type : recorded.Fact.Type, recorded.Fact.Validity);
            }
        }

        var numbers = NumbersOf(session, indexes, nodes);
        var all = new SoughtTexts(said);
        var ambiguous = SaidOfOthers(session, catalog, numbers, all, cancellation);
        var sought = new SoughtTexts(all.Texts.Where(text => !ambiguous.Contains(text)));
        var (tombstones, struck, within) = Count(session, numbers, sought, cancellation);
        var swept = new SoughtTexts(sought.Texts.Where(text => !within.Contains(text)));
        return new ErasurePlan([.. parties.Order()], nodes, shared, tombstones, struck, sought, swept, [.. ambiguous.Order(StringComparer.Ordinal)], days.ToImmutable());
    }

    private static void Note(ImmutableSortedDictionary<string, DateTimeOffset>.Builder days, string type, Validity validity)
    {
        var last = validity.To < Validity.EndOfTime ? validity.To : validity.From;
        if (last < Validity.EndOfTime && last > days.GetValueOrDefault(type, DateTimeOffset.MinValue)) days[type] = last;
    }

    /// <summary>What others' records say of themselves, or are called: it does not tell who the client is.</summary>
    private static HashSet<string> SaidOfOthers(Session session, SchemaCatalog catalog, HashSet<long> numbers, SoughtTexts all, CancellationToken cancellation)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        var others = session.Prepare(NodeSql);
        for (var number = 1L; others.Step(); number++)
        {
            if (number % 4096 == 0) cancellation.ThrowIfCancellationRequested();
            if (!numbers.Contains(number) && all.IsIn(others.Bytes(1))) said.UnionWith(all.In($"{session.Dictionaries.Types.ValueOf(others.Integer(0)).Name}/{others.Text(1)}"));
        }

        others.Reset();
        var rows = session.Prepare(OwnFactsSql);
        while (rows.Step())
        {
            if (rows.Integer(0) % 4096 == 0) cancellation.ThrowIfCancellationRequested();
            if (numbers.Contains(rows.Integer(1)) || !all.IsIn(rows.Bytes(2))) continue;
            said.UnionWith(Telling.AmongThoseOf(catalog, LogScan.At(session, rows.Integer(0)).Fact, all));
        }

        rows.Reset();
        return said;
    }

    /// <summary>Counts what a rewriting will do, and finds which texts stand in those of others within words alone.</summary>
    private static (long Tombstones, long Struck, HashSet<string> Within) Count(Session session, HashSet<long> numbers, SoughtTexts sought, CancellationToken cancellation)
    {
        var (tombstones, struck, within) = (0L, 0L, new HashSet<string>(StringComparer.Ordinal));
        var rows = session.Prepare(LogSql);
        while (rows.Step())
        {
            if (rows.Integer(0) % 4096 == 0) cancellation.ThrowIfCancellationRequested();
            if (numbers.Contains(rows.Integer(1)) || numbers.Contains(rows.Integer(2)))
            {
                tombstones += TombstoneWriting.IsOne(rows.NullableInteger(6) ?? 0) ? 0 : 1;
            }
            else if (sought.IsIn(rows.Bytes(5)) || sought.IsIn(rows.Bytes(3)) || sought.IsIn(rows.Bytes(4)))
            {
                var texts = PropertyCodec.Read(rows.Bytes(5), session.Dictionaries).SelectMany(TextsOf).Append(rows.NullableText(3) ?? "").Append(rows.NullableText(4) ?? "").ToList();
                if (texts.Any(text => sought.StrikeOut(text) != text)) struck++;
                foreach (var text in texts) within.UnionWith(sought.Within(text));
            }
        }

        rows.Reset();
        var nodes = session.Prepare(NodeSql);
        while (nodes.Step())
            if (sought.IsIn(nodes.Bytes(1))) within.UnionWith(sought.Within(nodes.Text(1)));
        nodes.Reset();
        return (tombstones, struck, within);
    }

    private static IEnumerable<string> TextsOf(Property property) => property.Value.Kind switch
    {
        FieldKind.String => [property.Value.AsString()],
        FieldKind.StringList => property.Value.AsStrings(),
        _ => [],
    };

    private static HashSet<long> NumbersOf(Session session, StoreIndexes indexes, ImmutableArray<NodeId> nodes) =>
        [.. nodes.Select(node => indexes.NumberOf(session, node)).OfType<long>()];
}
