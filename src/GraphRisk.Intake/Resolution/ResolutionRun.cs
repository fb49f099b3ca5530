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
    ResolutionOptions options, EvidenceJudge judge, ResolutionState state, JudgementWriter writer, IProgress<ResolutionProgress>? progress)
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
            .Select(pair => new ReviewedPair(pair.Left, pair.Right, Ledger.Reviewed(pair.Left, pair.Right)!.Value)).ToList();
        var places = new Places(Parties, positions.SelectMany(at => (int[])[judged[at].Left, judged[at].Right]).Concat(reviewed.SelectMany(pair => (int[])[pair.Left, pair.Right])));
        var problem = new GroupingProblem(
            [.. positions.Select(at => places.Edge(judged[at]))], [.. reviewed.Select(places.Of)],
            (left, right) => Contradiction(places[left], places[right]), place => Parties.IdOf(places[place]).ToString())
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
        foreach (var (left, right) in stale)
        {
            await writer.RetractAsync(FactOn(Parties.Ordered(left, right)), cancellation);
            await RetractTurnedAsync(left, right, cancellation);
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
            {
                await RetractTurnedAsync(judged[start + i].Left, judged[start + i].Right, cancellation);
                if (Ledger.SetRules(judged[start + i].Left, judged[start + i].Right, JudgementFacts.HashOf(batch[i])))
                    await writer.AssertAsync(batch[i], cancellation);
            }
        }

        return (await writer.FlushAsync(cancellation)).Version;
    }

    private Judgement Explain(JudgedPair pair, string? aside)
    {
        var ordered = Parties.Ordered(pair.Left, pair.Right);
        var (left, right) = (Parties.Present(ordered.Left), Parties.Present(ordered.Right));
        var (name, reasons) = judge.Explain(left, right, state.Shared);
        var judgement = new Judgement(left.Id, right.Id, pair.Decision.Verdict!.Value, pair.Decision.Score, name, reasons, ByPerson: false) { Bits = pair.Decision.Bits };
        return aside is null ? judgement : judgement.SetAside(aside);
    }

    private async ValueTask RetractTurnedAsync(int left, int right, CancellationToken cancellation)
    {
        if (!Ledger.IsTurned(left, right)) return;
        var (one, other) = Parties.Ordered(left, right);
        await writer.RetractAsync(FactOn((other, one)), cancellation);
    }

    /// <summary>The fact of the rules on a pair; to take it back its identity is enough.</summary>
    private RelationshipFact FactOn((int Left, int Right) pair) =>
        JudgementFacts.ToFact(new Judgement(Parties.IdOf(pair.Left), Parties.IdOf(pair.Right), Verdict.Undecided, null, Resolver.Author, ["taken back"], ByPerson: false));

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
        Persons = ThresholdsOf(isPerson: true),
        Companies = ThresholdsOf(isPerson: false),
        SharedValues = [.. candidates.Suspicious.Select(Describe).OrderBy(value => value.Value, StringComparer.Ordinal)],
    };

    private LearnedThresholds ThresholdsOf(bool isPerson) =>
        judge.Model.Of(isPerson) is var kind ? new LearnedThresholds(kind.Thresholds.Match, kind.Thresholds.Review, kind.Verdicts) : default;

    private SharedValue Describe(ulong key)
    {
        var members = state.Blocks.Members(key);
        var first = Parties.Present(members[0]);
        var identifier = first.Identifiers.FirstOrDefault(one => BlockKey.OfIdentifier(first.IsPerson, one.Scheme, one.Value) == key);
        var value = identifier?.ToString() ?? $"PHONE {first.Phones.First(phone => BlockKey.OfPhone(first.IsPerson, phone) == key)}";
        return new SharedValue(value, members.Length, members.Select(Parties.NameKeyOf).Distinct().Count());
    }

    /// <summary>Places of records among those of a grouping, in the order of their ids: ordinals tell only in which order records were met.</summary>
    private sealed class Places
    {
        private readonly int[] records;
        private readonly Dictionary<int, int> places = [];

        public Places(PartyTable parties, IEnumerable<int> ordinals)
        {
            records = [.. ordinals.Distinct().OrderBy(parties.IdOf)];
            for (var place = 0; place < records.Length; place++) places.Add(records[place], place);
        }

        public int this[int place] => records[place];

        public MatchEdge Edge(JudgedPair pair)
        {
            var ends = Of(new ReviewedPair(pair.Left, pair.Right, Verdict.Match));
            return new MatchEdge(ends.Left, ends.Right, pair.Decision.Bits);
        }

        public ReviewedPair Of(ReviewedPair pair)
        {
            var (left, right) = (places[pair.Left], places[pair.Right]);
            return pair with { Left = Math.Min(left, right), Right = Math.Max(left, right) };
        }
    }
}
