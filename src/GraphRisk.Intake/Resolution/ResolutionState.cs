using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Resolution;

/// <summary>
/// Everything resolution keeps in memory between runs: records, blocks, suspicious values and the ledger in short, as of
/// one version of the store. About a kilobyte a record. Not thread-safe.
/// </summary>
internal sealed class ResolutionState
{
    private const int BatchSize = 20_000;

    private ResolutionState(PartyTable parties, BlockIndex blocks)
    {
        Parties = parties;
        Blocks = blocks;
    }

    public PartyTable Parties { get; }

    public BlockIndex Blocks { get; }

    public SharedValues Shared { get; } = new();

    public PairLedger Ledger { get; } = new();

    /// <summary>Version up to which changes are taken in.</summary>
    public long Version { get; private set; }

    /// <summary>Reads a store at its newest version.</summary>
    public static async Task<ResolutionState> LoadAsync(
        IGraphStore store, PartyReader reader, IProgress<ResolutionProgress>? progress, CancellationToken cancellation)
    {
        var version = await store.GetVersionAsync(cancellation);
        var parties = new PartyTable();
        var scope = ReadScope.All(version.Number) with { Types = reader.PartyTypes };
        await ReadPartiesAsync(store, reader, scope, parties, progress, cancellation);

        progress?.Report(new ResolutionProgress("blocking", 0, parties.Count));
        var state = new ResolutionState(parties, BlockIndex.Build(AddKeys, parties.Count, cancellation)) { Version = version.Number };
        var ledger = ReadScope.All(version.Number) with { Types = [SchemaCatalog.SameAs] };
        await foreach (var recorded in store.ReadAsync(ledger, cancellation)) state.Note(reader, (RelationshipFact)recorded.Fact, retracted: false);
        return state;

        void AddKeys(int ordinal, List<ulong> keys)
        {
            if (parties[ordinal] is { } record) BlockKeys.AddTo(keys, record);
        }
    }

    /// <summary>Reads records; while a batch of facts is made records, the store reads the next.</summary>
    private static async Task ReadPartiesAsync(
        IGraphStore store, PartyReader reader, ReadScope scope, PartyTable parties, IProgress<ResolutionProgress>? progress, CancellationToken cancellation)
    {
        var (batch, working, read) = (new List<NodeFact>(BatchSize), Task.CompletedTask, 0);
        await foreach (var recorded in store.ReadAsync(scope, cancellation))
        {
            batch.Add((NodeFact)recorded.Fact);
            if (batch.Count < BatchSize) continue;
            read += batch.Count;
            progress?.Report(new ResolutionProgress("reading", read, null));
            await HandOverAsync();
        }

        await HandOverAsync();
        await working;

        async Task HandOverAsync()
        {
            await working;
            var full = batch;
            batch = new List<NodeFact>(BatchSize);
            working = Task.Run(() =>
            {
                foreach (var fact in full) parties.Add(reader.Read(fact));
            }, cancellation);
        }
    }

    /// <summary>Takes in what the store recorded since <see cref="Version"/>.</summary>
    /// <returns>Ordinals of the records whose facts or judgements changed, in ascending order.</returns>
    public async Task<SortedSet<int>> CatchUpAsync(IGraphStore store, PartyReader reader, CancellationToken cancellation)
    {
        var version = await store.GetVersionAsync(cancellation);
        var touched = new SortedSet<int>();
        var changed = new SortedSet<NodeId>();
        await foreach (var recorded in store.ReadChangesAsync(Version, cancellation))
        {
            if (recorded.Version > version.Number) break;
            if (recorded.Fact is NodeFact node && reader.IsParty(node.Node))
            {
                changed.Add(node.Node);
                Parties.OrdinalOf(node.Node);
            }
            else if (recorded.Fact is RelationshipFact { Relationship: SchemaCatalog.SameAs } judgement)
                touched.UnionWith(Note(reader, judgement, recorded.Kind == ChangeKind.Retract));
        }

        foreach (var node in changed) touched.Add(await RefreshAsync(store, reader, node, version.Number, cancellation));
        Version = version.Number;
        return touched;
    }

    private async Task<int> RefreshAsync(IGraphStore store, PartyReader reader, NodeId node, long version, CancellationToken cancellation)
    {
        var ordinal = Parties.OrdinalOf(node);
        var before = Parties[ordinal];
        PartyRecord? after = null;
        foreach (var recorded in await store.FindAsync(node, version, cancellation: cancellation))
        {
            if (recorded.Kind != ChangeKind.Assert || recorded.Fact is not NodeFact fact) continue;
            var part = reader.Read(fact);
            after = after?.With(part) ?? part;
        }

        Parties.Replace(ordinal, after);
        Blocks.Replace(ordinal, before is null ? [] : BlockKeys.Of(before), after is null ? [] : BlockKeys.Of(after));
        Left.UnionWith(before is null ? [] : BlockKeys.Of(before));
        return ordinal;
    }

    /// <summary>Blocks that records have left since the last run; what they are good for may have changed.</summary>
    public HashSet<ulong> Left { get; } = [];

    /// <summary>Notes a judgement of the store, also on records that have gone: what a person said of one holds when it comes again.</summary>
    private int[] Note(PartyReader reader, RelationshipFact fact, bool retracted)
    {
        if (!reader.IsParty(fact.From) || !reader.IsParty(fact.To)) return [];
        var (from, to) = (Parties.OrdinalOf(fact.From), Parties.OrdinalOf(fact.To));
        var (left, right) = (Math.Min(from, to), Math.Max(from, to));
        var judgement = JudgementFacts.FromFact(fact);
        var isNew = judgement.ByPerson
            ? Ledger.SetReviewed(left, right, retracted ? null : judgement.Verdict)
            : Ledger.NoteRules(left, right, fact.From > fact.To, retracted ? null : JudgementFacts.HashOf(judgement));
        return isNew ? [left, right] : [];
    }
}
