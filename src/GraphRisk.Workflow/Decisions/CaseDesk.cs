using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;

namespace GraphRisk.Workflow.Decisions;

/// <summary>What a command on a case did.</summary>
/// <param name="Id">The case.</param>
/// <param name="Decision">What became of the move.</param>
public sealed record CaseOutcome(NodeId Id, MoveDecision Decision);

/// <summary>What a move changes beyond its case, recorded with it or not at all.</summary>
/// <param name="Changes">The changes.</param>
/// <param name="Refusal">Why the move cannot be made after all; null where it can.</param>
public readonly record struct Consequence(ImmutableArray<Change> Changes, MoveRefusal? Refusal)
{
    /// <summary>Nothing beyond the case.</summary>
    public static Consequence None { get; } = new([], null);
}

/// <summary>When a move is recorded, and from which day on it is so.</summary>
/// <param name="At">The instant of the clock.</param>
/// <param name="Day">The day a question without as-of is about.</param>
/// <param name="Author">Who writes.</param>
public readonly record struct CaseFiling(DateTimeOffset At, DateOnly Day, string Author);

/// <summary>
/// Opens cases and moves them. Each move rests on the version of the store it was decided on; where anybody has written meanwhile the case is read again and
/// decided anew, so of two moves at once one is made and the other meets what it made. A move sent again is found by its key.
/// </summary>
public sealed class CaseDesk(IGraphStore store)
{
    private const int Attempts = 50;

    /// <summary>Opens a case; the one filed before under the same key by the same sender is not filed again.</summary>
    public Task<CaseOutcome> OpenAsync(CaseKind kind, CaseOpening opening, MoveAsked asked, CaseFiling filing, CancellationToken cancellation = default)
    {
        var whole = Whole(asked, opening);
        return FileAsync(CaseFacts.IdOf(kind, opening.Parties, asked), (filed, _) =>
        {
            var id = CaseFacts.IdOf(kind, opening.Parties, asked);
            var decision = CaseEngine.Decide(kind.Table, filed?.History ?? CaseHistory.Unopened(opening.Parties), whole, filing.At);
            IEnumerable<Change> changes = decision is { IsNew: true, Made: { } made }
                ? CaseFacts.Opened(kind, id, opening, made, filing.Day).Concat(CaseFacts.Attached(id, opening.Parties, asked.Attached, filing.Day))
                : [];
            return ValueTask.FromResult((decision, changes));
        }, filing, cancellation);
    }

    /// <summary>The move that opens a case, with what tells this filing from another.</summary>
    public static MoveAsked Whole(MoveAsked asked, CaseOpening opening) =>
        asked with { Carried = Properties.Of([.. asked.Carried, new(CaseFacts.ContentHash, PropertyValue.Of(opening.Hash))]) };

    /// <summary>Makes a move.</summary>
    /// <param name="kind">The kind of the case.</param>
    /// <param name="id">The case.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="briefing">What lies before who moves; null where nothing does.</param>
    /// <param name="filing">When.</param>
    /// <param name="follows">What the move changes beyond the case, by a version of the store; null where nothing.</param>
    /// <param name="cancellation">Stops before anything is recorded.</param>
    public Task<CaseOutcome> MoveAsync(
        CaseKind kind, NodeId id, MoveAsked asked, Briefing? briefing, CaseFiling filing, Func<FiledCase, MadeMove, long, ValueTask<Consequence>>? follows = null, CancellationToken cancellation = default) =>
        FileAsync(id, async (filed, version) =>
        {
            if (filed is null) throw new ArgumentException($"There is no case {id}.", nameof(id));
            var decision = CaseEngine.Decide(kind.Table, filed.History, asked, filing.At);
            if (decision is not { IsNew: true, Made: { } made }) return (decision, []);
            if (briefing?.FaultOf(made) is { } unsaid) return (new MoveDecision(null, false, unsaid), []);
            var consequence = follows is null ? Consequence.None : await follows(filed, made, version);
            return consequence.Refusal is { } refusal
                ? (new MoveDecision(null, false, refusal), [])
                : (decision, CaseFacts.Moved(kind, filed, made, briefing, filing.Day).Concat(CaseFacts.Attached(id, filed.History.Parties, asked.Attached, filing.Day)).Concat(consequence.Changes));
        }, filing, cancellation);

    private async Task<CaseOutcome> FileAsync(
        NodeId id, Func<FiledCase?, long, ValueTask<(MoveDecision Decision, IEnumerable<Change> Changes)>> decide, CaseFiling filing, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var version = (await store.GetVersionAsync(cancellation)).Number;
            var (decision, changes) = await decide(await CaseFacts.ReadAsync(store, id, version, cancellation), version);
            if (!decision.IsNew) return new CaseOutcome(id, decision);
            var set = new ChangeSet(FormattableString.Invariant($"case {id} {decision.Made!.Serial}"), filing.At, filing.Author, [.. changes]) { ExpectedVersion = version };
            try
            {
                if (!(await store.AppendAsync(set, cancellation)).AlreadyKnown) return new CaseOutcome(id, decision);
                if (attempt == Attempts) throw new InvalidOperationException($"{set.Id} is known and not there.");
            }
            catch (VersionConflictException) when (attempt < Attempts)
            {
                // Somebody wrote between: it is decided anew on what is there now.
            }
        }
    }
}
