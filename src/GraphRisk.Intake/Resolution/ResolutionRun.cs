using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Decision;
using GraphRisk.Intake.Resolution.Grouping;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Resolution;

/// <summary>One run of resolution over all records or over those touched: compare, decide, group, write the difference.</summary>
internal sealed class ResolutionRun(
    IGraphStore store, ResolutionOptions options, EvidenceJudge judge, ResolutionState state, JudgementWriter writer, IProgress<ResolutionProgress>? progress)
{
    private PartyTable Parties => state.Parties;

    private PairLedger Ledger => state.Ledger;

    public async Task<ResolutionSummary> RunAsync(CandidatePairs candidates, CancellationToken cancellation)
    {
        progress?.Report(new ResolutionProgress("comparing", 0, candidates.Pairs.Length));
        var judged = JudgedPair.Judge(judge, Parties, state.Shared, candidates.Pairs, cancellation);
        var scope = candidates.Touched is { } some ? Reach(some.Concat(candidates.Weakened), judged) : null;
        if (scope is not null) judged.AddRange(JudgeStanding(scope, candidates.Touched!, cancellation));
        judged.RemoveAll(pair => Ledger.Reviewed(pair.Left, pair.Right) is not null);

        var aside = SetAside(judged, scope);
        var stale = StalePairs(judged, scope);
        var version = await WriteAsync(judged, aside, stale, cancellation);
        return Summarise(candidates, judged, aside.Count) with { Version = version, Asserted = writer.Asserted, Retracted = writer.Retracted };
    }

    /// <summary>The touched records and those weakened, those their matches lead to, and all that judgements of the ledger tie to these.</summary>
    private HashSet<int> Reach(IEnumerable<int> touched, List<JudgedPair> judged)
    {
        var reached = touched.ToHashSet();
        foreach (var pair in judged.Where(pair => pair.Decision.Verdict == Verdict.Match))
        {
            reached.Add(pair.Left);
            reached.Add(pair.Right);
        }

        var open = new Stack<int>(reached);
        while (open.TryPop(out var record))
            foreach (var other in Ledger.Neighbours(record))
                if (reached.Add(other)) open.Push(other);
        return reached;
    }

    /// <summary>Judges anew the pairs the ledger holds between records that are reached but not touched: they stand, only what is set aside may change.</summary>
    private List<JudgedPair> JudgeStanding(HashSet<int> scope, IReadOnlySet<int> touched, CancellationToken cancellation)
    {
        var standing = PairsWithin(scope).Where(pair => !touched.Contains(pair.Left) && !touched.Contains(pair.Right)
            && Parties[pair.Left] is not null && Parties[pair.Right] is not null && Ledger.RulesHash(pair.Left, pair.Right) is not null);
        return JudgedPair.Judge(judge, Parties, state.Shared, standing.Order().ToList(), cancellation);
    }

    /// <summary>Matches that must not count, by position in the list, with the reason.</summary>
    private SortedDictionary<int, string> SetAside(List<JudgedPair> judged, HashSet<int>? scope)
    {
        var positions = Enumerable.Range(0, judged.Count).Where(at => judged[at].Decision.Verdict == Verdict.Match).ToList();
        var reviewed = (scope is null ? Ledger.Pairs : PairsWithin(scope))
            .Where(pair => Ledger.Reviewed(pair.Left, pair.Right) is not null)
            .Select(pair => new ReviewedPair(pair.Left, pair.Right, Ledger.Reviewed(pair.Left, pair.Right)!.Value));
        var problem = new GroupingProblem(
            [.. positions.Select(at => new MatchEdge(judged[at].Left, judged[at].Right, judged[at].Decision.Bits))], [.. reviewed],
            Contradiction, ordinal => Parties.IdOf(ordinal).ToString())
        { MostMembers = options.MostMembers };
        var aside = new SortedDictionary<int, string>();
        foreach (var (at, reason) in Grouper.SetAside(problem)) aside.Add(positions[at], reason);
        return aside;
    }

    private string? Contradiction(int left, int right) =>
        Parties[left] is { } one && Parties[right] is { } other ? EvidenceJudge.Contradiction(one, other) : null;

    /// <summary>Pairs whose judgement by the rules no longer stands.</summary>
    private List<(int Left, int Right)> StalePairs(List<JudgedPair> judged, HashSet<int>? scope)
    {
        var standing = judged.Select(pair => (pair.Left, pair.Right)).ToHashSet();
        return (scope is null ? Ledger.Pairs : PairsWithin(scope))
            .Where(pair => Ledger.RulesHash(pair.Left, pair.Right) is not null && !standing.Contains(pair)).Order().ToList();
    }

    private IEnumerable<(int Left, int Right)> PairsWithin(HashSet<int> scope) =>
        scope.SelectMany(record => Ledger.Neighbours(record).Where(other => other > record && scope.Contains(other)).Select(other => (record, other)));

    private async Task<StoreVersion> WriteAsync(
        List<JudgedPair> judged, SortedDictionary<int, string> aside, List<(int Left, int Right)> stale, CancellationToken cancellation)
    {
        var version = await store.GetVersionAsync(cancellation);
        foreach (var (left, right) in stale)
        {
            if (await FindFactAsync(left, right, version.Number, cancellation) is { } fact) await writer.RetractAsync(fact, cancellation);
            Ledger.SetRules(left, right, null);
        }

        // Reasons are texts, made for a batch at a time and on all processors.
        for (var start = 0; start < judged.Count; start += JudgementWriter.BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new ResolutionProgress("writing", start, judged.Count));
            var count = Math.Min(JudgementWriter.BatchSize, judged.Count - start);
            var batch = new Judgement[count];
            Parallel.For(0, count, i => batch[i] = Explain(judged[start + i], aside.GetValueOrDefault(start + i)));
            for (var i = 0; i < count; i++)
                if (Ledger.SetRules(judged[start + i].Left, judged[start + i].Right, JudgementFacts.HashOf(batch[i])))
                    await writer.AssertAsync(batch[i], cancellation);
        }

        return (await writer.FlushAsync(cancellation)).Version;
    }

    private Judgement Explain(JudgedPair pair, string? aside)
    {
        var (left, right) = (Parties.Present(pair.Left), Parties.Present(pair.Right));
        var (name, reasons) = judge.Explain(left, right, state.Shared);
        var judgement = new Judgement(left.Id, right.Id, pair.Decision.Verdict!.Value, pair.Decision.Score, name, reasons, ByPerson: false) { Bits = pair.Decision.Bits };
        return aside is null ? judgement : judgement.SetAside(aside);
    }

    private async Task<RelationshipFact?> FindFactAsync(int left, int right, long version, CancellationToken cancellation)
    {
        var (from, to) = (Parties.IdOf(left), Parties.IdOf(right));
        foreach (var recorded in await store.FindAsync(from, version, withRelationships: true, cancellation))
            if (recorded.Fact is RelationshipFact { Provenance.Source: JudgementFacts.RulesSource } fact
                && (fact.From, fact.To) == (from, to) && recorded.Kind == ChangeKind.Assert)
                return fact;
        return null;
    }

    private ResolutionSummary Summarise(CandidatePairs candidates, List<JudgedPair> judged, int aside) => new()
    {
        Records = Parties.Count,
        Touched = candidates.Touched?.Count ?? Parties.Count,
        Pairs = candidates.Pairs.Length,
        Matches = judged.Count(pair => pair.Decision.Verdict == Verdict.Match) - aside,
        NoMatches = judged.Count(pair => pair.Decision.Verdict == Verdict.NoMatch),
        Undecided = judged.Count(pair => pair.Decision.Verdict == Verdict.Undecided) + aside,
        SetAside = aside,
        LargeBlocks = candidates.Large,
        Model = judge.Model.Name,
        SharedValues = [.. candidates.Suspicious.Select(Describe).OrderBy(value => value.Value, StringComparer.Ordinal)],
    };

    private SharedValue Describe(ulong key)
    {
        var members = state.Blocks.Members(key);
        var first = Parties.Present(members[0]);
        var identifier = first.Identifiers.FirstOrDefault(one => BlockKey.OfIdentifier(first.IsPerson, one.Scheme, one.Value) == key);
        var value = identifier?.ToString() ?? $"PHONE {first.Phones.First(phone => BlockKey.OfPhone(first.IsPerson, phone) == key)}";
        return new SharedValue(value, members.Length, members.Select(Parties.NameKeyOf).Distinct().Count());
    }
}
