using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Intake.Resolution.Ledger;

/// <summary>
/// Writes judgements to a store in ChangeSets of bounded size. Their ids come from the store's version and the content, so
/// that a set sent twice counts once, and the same judgement made again later counts again.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="recordedAt">When the judgements become known.</param>
/// <param name="author">Who judges.</param>
public sealed class JudgementWriter(IGraphStore store, DateTimeOffset recordedAt, string author)
{
    /// <summary>Changes in a ChangeSet at most.</summary>
    public const int BatchSize = 10_000;

    private readonly List<Change> pending = new(BatchSize);

    /// <summary>The version the judgements rest on, then that of the last ChangeSet written: one is refused where another is the newest. Null where they rest on none.</summary>
    public long? ExpectedVersion { get; set; }

    /// <summary>Whether only other judgements written meanwhile refuse a ChangeSet: records that came are for the next run, while what a person said must be read first.</summary>
    public bool PassesOverRecords { get; init; }

    /// <summary>Facts newly asserted.</summary>
    public int Asserted { get; private set; }

    /// <summary>Facts taken back.</summary>
    public int Retracted { get; private set; }

    /// <summary>States a judgement.</summary>
    public ValueTask AssertAsync(Judgement judgement, CancellationToken cancellation) =>
        AddAsync(Change.Assert(JudgementFacts.ToFact(judgement)), cancellation);

    /// <summary>Takes a judgement back.</summary>
    public ValueTask RetractAsync(RelationshipFact fact, CancellationToken cancellation) => AddAsync(Change.Retract(fact), cancellation);

    /// <summary>Writes what is pending.</summary>
    /// <returns>What the store answered; nothing done at its present version where nothing was pending.</returns>
    public async ValueTask<AppendResult> FlushAsync(CancellationToken cancellation)
    {
        var version = await store.GetVersionAsync(cancellation);
        if (pending.Count == 0) return new AppendResult(version, 0, 0, false);
        var changes = pending.ToImmutableArray();
        pending.Clear();
        var id = string.Create(CultureInfo.InvariantCulture, $"{author}/v{version.Number}/{HashOf(changes)}");
        var result = await AppendAsync(new ChangeSet(id, recordedAt, author, changes), cancellation);
        if (ExpectedVersion is not null) ExpectedVersion = result.Version.Number;
        Asserted += result.Asserted;
        Retracted += result.Retracted;
        return result;
    }

    private async ValueTask<AppendResult> AppendAsync(ChangeSet set, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await store.AppendAsync(set with { ExpectedVersion = ExpectedVersion }, cancellation);
            }
            catch (VersionConflictException moved) when (PassesOverRecords)
            {
                await foreach (var recorded in store.ReadChangesAsync(ExpectedVersion!.Value, cancellation))
                    if (recorded.Version <= moved.Newest && recorded.Fact is RelationshipFact { Relationship: SchemaCatalog.SameAs }) throw;
                ExpectedVersion = moved.Newest;
            }
        }
    }

    private async ValueTask AddAsync(Change change, CancellationToken cancellation)
    {
        pending.Add(change);
        if (pending.Count >= BatchSize) await FlushAsync(cancellation);
    }

    private static string HashOf(ImmutableArray<Change> changes)
    {
        var hash = new XxHash128();
        foreach (var change in changes)
        {
            hash.Append([(byte)change.Kind]);
            hash.Append(change.Fact.Id.ToBytes());
            foreach (var (name, value) in change.Fact.Properties) hash.Append(Encoding.UTF8.GetBytes($"{name}={value}\n"));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
