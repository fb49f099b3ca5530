using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Decision;
using GraphRisk.Intake.Resolution.Grouping;
using GraphRisk.Intake.Resolution.Ledger;

namespace GraphRisk.Intake.Resolution.Review;

/// <summary>
/// Judgements by persons. A person's verdict on a pair replaces what the rules say of it, for good, until it is revoked.
/// Filing one regroups the records around it in the same ChangeSet: matches of the rules that would join what was told
/// apart are set aside, others count again where nothing stands in their way any more. So the client comes apart, or
/// together, at once, and an earlier reading of the store still shows it as it was.
/// </summary>
public sealed class Reviews(IGraphStore store, ResolutionOptions options)
{
    private const int Attempts = 8;

    /// <summary>Files a person's verdict on two records, in place of an earlier one.</summary>
    /// <param name="left">One record.</param>
    /// <param name="right">The other; the order does not matter.</param>
    /// <param name="verdict">Whether they are one party.</param>
    /// <param name="who">Who judges.</param>
    /// <param name="reason">Why, in a sentence.</param>
    /// <param name="recordedAt">When it becomes known.</param>
    /// <param name="seenAt">When the person last looked at what was judged of the pair; null where that is not known.</param>
    /// <exception cref="ReviewRefusedException">It cannot be filed, or another person has judged the pair since; the store is unchanged.</exception>
    public Task<ReviewOutcome> JudgeAsync(
        NodeId left, NodeId right, Verdict verdict, string who, string reason, DateTimeOffset recordedAt, DateTimeOffset? seenAt = null,
        CancellationToken cancellation = default) =>
        InTurnAsync(left, right, seenAt, component => FileAsync(component, Ordered(left, right), verdict, who, reason, recordedAt, cancellation), cancellation);

    /// <summary>
    /// Revokes the judgement on two records. A match comes apart and the pair is told apart for good, so that the rules do
    /// not join it again; a person's other verdict is simply taken back, and the next run of the rules judges the pair anew.
    /// What the rules did not join, nobody can take apart: such a pair is judged, not revoked.
    /// </summary>
    /// <exception cref="ReviewRefusedException">There is no judgement on the pair, or it cannot be filed, or another person has judged it since.</exception>
    public Task<ReviewOutcome> RevokeAsync(
        NodeId left, NodeId right, string who, string reason, DateTimeOffset recordedAt, DateTimeOffset? seenAt = null,
        CancellationToken cancellation = default) =>
        InTurnAsync(left, right, seenAt, component => RevokeAsync(component, left, right, who, reason, recordedAt, cancellation), cancellation);

    private Task<ReviewOutcome> RevokeAsync(
        ReviewComponent component, NodeId left, NodeId right, string who, string reason, DateTimeOffset recordedAt, CancellationToken cancellation)
    {
        var pair = Ordered(left, right);
        var standing = component.Judgements.Select(row => row.Judgement).Where(judgement => IsOn(judgement, pair)).ToList();
        if (standing.Count == 0)
            throw new ReviewRefusedException(ReviewRefusal.NothingToRevoke, $"There is no judgement on {left} and {right}.");
        var person = standing.Find(judgement => judgement.ByPerson);
        if (person is null && !standing.Exists(judgement => judgement.IsMatchOfRules))
            throw new ReviewRefusedException(
                ReviewRefusal.NothingToRevoke, $"The rules have not joined {left} and {right}; judge the pair instead of revoking.");
        var takesBack = person is { Verdict: not Verdict.Match };
        return FileAsync(component, pair, takesBack ? null : Verdict.NoMatch, who, reason, recordedAt, cancellation);
    }

    /// <summary>
    /// Reads what a judgement rests on and files it there and nowhere else: where the store has moved on meanwhile, it is read again, and
    /// only where another person has judged the pair is nothing filed in its place.
    /// </summary>
    private async Task<ReviewOutcome> InTurnAsync(
        NodeId left, NodeId right, DateTimeOffset? seenAt, Func<ReviewComponent, Task<ReviewOutcome>> file, CancellationToken cancellation)
    {
        for (var attempt = 1; ;)
        {
            var component = await ReadAsync(left, right, cancellation);
            var pair = Ordered(left, right);
            var standing = component.Judgements.Find(row => row.Judgement.ByPerson && IsOn(row.Judgement, pair));
            seenAt ??= standing.Judgement is null ? DateTimeOffset.MinValue : standing.RecordedAt;
            if (standing.Judgement is { } other && standing.RecordedAt > seenAt)
                throw new ReviewRefusedException(
                    ReviewRefusal.Conflict,
                    FormattableString.Invariant($"{other.Judge} has judged this pair at {standing.RecordedAt:yyyy-MM-ddTHH:mm:ssZ}, after it was looked at; look at that judgement first."));
            try
            {
                return await file(component);
            }
            catch (VersionConflictException) when (attempt < Attempts)
            {
                attempt++;
            }
        }
    }

    private async Task<ReviewComponent> ReadAsync(NodeId left, NodeId right, CancellationToken cancellation)
    {
        if (left == right) throw new ReviewRefusedException(ReviewRefusal.NotComparable, $"{left} is one record.");
        if (left.Type != right.Type)
            throw new ReviewRefusedException(ReviewRefusal.NotComparable, $"{left} is a {left.Type}, {right} a {right.Type}.");
        var version = await store.GetVersionAsync(cancellation);
        return await ReviewComponent.ReadAsync(store, version.Number, left, right, cancellation);
    }

    /// <summary>Files a verdict, or takes a person's back where it is null, together with what follows from it.</summary>
    private async Task<ReviewOutcome> FileAsync(
        ReviewComponent component, (NodeId Left, NodeId Right) pair, Verdict? verdict, string who, string reason,
        DateTimeOffset recordedAt, CancellationToken cancellation)
    {
        var writer = new JudgementWriter(store, recordedAt, $"{JudgementFacts.ReviewSource} {who}") { ExpectedVersion = component.Version };
        var others = new List<Judgement>();
        foreach (var (judgement, fact, _) in component.Judgements)
        {
            if (!IsOn(judgement, pair)) others.Add(judgement);
            else if (!judgement.ByPerson || verdict is null || (fact.From, fact.To) != pair) await writer.RetractAsync(fact, cancellation);
        }

        if (verdict is { } given)
        {
            var filed = new Judgement(pair.Left, pair.Right, given, null, who, [reason], ByPerson: true);
            RefuseConflict(component, others, filed);
            others.Add(filed);
            await writer.AssertAsync(filed, cancellation);
        }

        var (anew, setAside, restored) = Regroup(component, others);
        foreach (var judgement in anew) await writer.AssertAsync(judgement, cancellation);
        return new ReviewOutcome(await writer.FlushAsync(cancellation), setAside, restored);
    }

    /// <summary>
    /// The changes by which a person parts a record from all it is joined with, for who appends them with what they follow from: the record is told apart from each of them, in place of whatever was judged of the
    /// pair, and the records left are grouped anew.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="who">Who judges.</param>
    /// <param name="reason">Why, in a sentence.</param>
    /// <param name="version">The version of the store they rest on.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The records it was joined with, in the order of their ids, and the changes; none where it is joined with nothing.</returns>
    /// <exception cref="ReviewRefusedException">There is no such record.</exception>
    public async Task<(ImmutableArray<NodeId> From, ImmutableArray<Change> Changes)> PartedAsync(NodeId record, string who, string reason, long version, CancellationToken cancellation = default)
    {
        var component = await ReviewComponent.ReadAsync(store, version, record, record, cancellation);
        var joined = JoinedWith(component, record);
        (NodeId Left, NodeId Right)[] pairs = [.. joined.Select(other => Ordered(record, other))];
        var (changes, others) = (ImmutableArray.CreateBuilder<Change>(), new List<Judgement>());
        foreach (var (judgement, fact, _) in component.Judgements)
        {
            if (!Array.Exists(pairs, pair => IsOn(judgement, pair))) others.Add(judgement);
            else if (!judgement.ByPerson || !pairs.Contains((fact.From, fact.To))) changes.Add(Change.Retract(fact));
        }

        var filed = pairs.Select(pair => new Judgement(pair.Left, pair.Right, Verdict.NoMatch, null, who, [reason], ByPerson: true)).ToList();
        others.AddRange(filed);
        changes.AddRange(filed.Concat(Regroup(component, others).Anew).Select(judgement => Change.Assert(JudgementFacts.ToFact(judgement))));
        return ([.. joined], joined.Count == 0 ? [] : changes.ToImmutable());
    }

    /// <summary>The records that matches which count join with one.</summary>
    private static SortedSet<NodeId> JoinedWith(ReviewComponent component, NodeId record)
    {
        var (met, open) = (new SortedSet<NodeId> { record }, new Queue<NodeId>([record]));
        while (open.TryDequeue(out var one))
            foreach (var (judgement, _, _) in component.Judgements)
                if (judgement.Verdict == Verdict.Match && (judgement.Left == one || judgement.Right == one) && (judgement.Left == one ? judgement.Right : judgement.Left) is var other && met.Add(other))
                    open.Enqueue(other);
        met.Remove(record);
        return met;
    }

    private (List<Judgement> Anew, int SetAside, int Restored) Regroup(ReviewComponent component, List<Judgement> judgements)
    {
        var anew = new List<Judgement>();
        var matches = judgements.Where(judgement => judgement.IsMatchOfRules).ToList();
        var problem = new GroupingProblem(
            [.. matches.Select(match => new MatchEdge(component.PlaceOf(match.Left), component.PlaceOf(match.Right), match.Bits ?? MatchEdge.Certain))],
            [.. judgements.Where(judgement => judgement.ByPerson).Select(judgement =>
                new ReviewedPair(component.PlaceOf(judgement.Left), component.PlaceOf(judgement.Right), judgement.Verdict))],
            (one, other) => EvidenceJudge.Contradiction(component.Records[one], component.Records[other]),
            place => component.Records[place].Id.ToString())
        { MostMembers = options.MostMembers };
        var aside = Grouper.SetAside(problem);
        var (setAside, restored) = (0, 0);
        for (var at = 0; at < matches.Count; at++)
        {
            var now = aside.TryGetValue(at, out var obstacle) ? matches[at].SetAside(obstacle) : matches[at].Restored();
            if (now.SaysSameAs(matches[at])) continue;
            anew.Add(now);
            if (now.Verdict != Verdict.Match && matches[at].Verdict == Verdict.Match) setAside++;
            else if (now.Verdict == Verdict.Match) restored++;
        }

        return (anew, setAside, restored);
    }

    /// <summary>Persons must not contradict each other unnoticed: what matches of persons join, none may tell apart.</summary>
    private static void RefuseConflict(ReviewComponent component, List<Judgement> others, Judgement filed)
    {
        var reviewed = others.Where(judgement => judgement.ByPerson).Append(filed).ToList();
        var groups = Enumerable.Range(0, component.Records.Count).ToArray();
        foreach (var match in reviewed.Where(judgement => judgement.Verdict == Verdict.Match))
        {
            var (kept, taken) = (groups[component.PlaceOf(match.Left)], groups[component.PlaceOf(match.Right)]);
            for (var i = 0; i < groups.Length; i++)
                if (groups[i] == taken) groups[i] = kept;
        }

        var conflict = reviewed.Find(judgement => judgement.Verdict == Verdict.NoMatch
            && groups[component.PlaceOf(judgement.Left)] == groups[component.PlaceOf(judgement.Right)]);
        if (conflict is not null)
            throw new ReviewRefusedException(
                ReviewRefusal.Conflict,
                $"Persons have joined {conflict.Left} and {conflict.Right}, and {conflict.Judge} judges them different; revoke one of these first.");
    }

    private static (NodeId Left, NodeId Right) Ordered(NodeId left, NodeId right) => left < right ? (left, right) : (right, left);

    private static bool IsOn(Judgement judgement, (NodeId Left, NodeId Right) pair) =>
        (judgement.Left, judgement.Right) == pair || (judgement.Right, judgement.Left) == pair;
}
