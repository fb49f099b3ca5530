using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership.Rules;

/// <summary>
/// Minimal proofs of verdicts by a rule: statements are left out, and the rule is asked again of what is left.
/// <para>
/// Looked at is what lies between: holdings on ways from the holders, or the third party, to the company, agreements of parties among these, and the ties the rule reads there. What others hold in the
/// same companies stays as it is, and so do lists and what a party is. Where a verdict grows with every statement, how many can be spared in order is found by halving (<see cref="OwnershipProofs"/>); where it may
/// fall by one more, statements are tried one by one until none can be spared (Zeller and Hildebrandt 2002, for one statement at a time). Small holdings are spared first. The rule is asked at most
/// <see cref="MostQuestions"/> times; beyond that there is no proof, which is said.
/// </para>
/// </summary>
public sealed class RuleProofs
{
    /// <summary>Holdings between up to which a proof is sought, those of others in the same companies among them.</summary>
    public const int MostHoldings = 2_000;

    /// <summary>Times the rule is asked at most.</summary>
    public const int MostQuestions = 2_000;

    private readonly RuleFacts facts;
    private readonly OwnershipRule rule;
    private readonly DateOnly day;
    private readonly WorkMeter meter;
    private readonly RuleVerdict verdict;
    private readonly int asked;
    private readonly ImmutableArray<int> nodes;
    private readonly ImmutableArray<Holding> beside;
    private int questions;

    private RuleProofs(RuleFacts facts, OwnershipRule rule, DateOnly day, int asked, RuleVerdict verdict, ImmutableArray<int> nodes, ImmutableArray<Holding> beside, WorkMeter meter) =>
        (this.facts, this.rule, this.day, this.asked, this.verdict, this.nodes, this.beside, this.meter) = (facts, rule, day, asked, verdict, nodes, beside, meter);

    /// <summary>The proof of a verdict.</summary>
    /// <param name="facts">What the rule was held against.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="day">The day whose wording applies.</param>
    /// <param name="verdict">What it said.</param>
    /// <param name="meter">Pays for it.</param>
    public static RuleProof Of(RuleFacts facts, OwnershipRule rule, DateOnly day, RuleVerdict verdict, WorkMeter meter)
    {
        var (found, asked) = (verdict.Finding, verdict.Asked);
        int[] ends = [.. found.Holders, found.Company, .. found.Via >= 0 ? [found.Via] : Array.Empty<int>(), .. rule.Scope == RuleScope.Investors ? [asked] : Array.Empty<int>()];
        HashSet<int> Met(Func<int, IEnumerable<int>> reach) => [.. ends.SelectMany(reach)];
        var above = Met(end => BreadthFirst.Steps(facts.Holdings.In, end, int.MaxValue, meter).Keys);
        var below = Met(end => BreadthFirst.Steps(facts.Holdings.Out, end, int.MaxValue, meter).Keys);
        var between = above.Where(below.Contains).Concat(ends).ToHashSet();
        var holdings = new List<Holding>();
        foreach (var company in between.Order())
        {
            meter.ChargeNode(facts.Holdings.In.Degree(company));
            foreach (var edge in facts.Holdings.EdgesInto(company)) holdings.Add(facts.Holdings[edge]);
            if (holdings.Count > MostHoldings) return RuleProof.None(string.Create(CultureInfo.InvariantCulture, $"More than {MostHoldings} holdings are concerned."));
        }

        var agreements = facts.Agreements.Where(agreement => agreement.Members.Any(between.Contains)).ToList();
        ImmutableArray<int> nodes = [.. holdings.SelectMany(one => new[] { one.Holder, one.Company }).Concat(between).Concat(agreements.SelectMany(one => one.Members)).Distinct().Order()];
        var sides = holdings.ToLookup(one => between.Contains(one.Holder));
        return new RuleProofs(facts, rule, day, rule.Scope == RuleScope.Parties ? found.Holders[0] : asked, verdict, nodes, [.. sides[false]], meter).Prove(
        [
            .. agreements.Select(one => new ProvingStatement(null, one, null)),
            .. sides[true].OrderBy(one => one.Holder != one.Company).ThenBy(one => Math.Max(one.Equity.Upper, one.Votes.Upper)).ThenBy(one => one.Holder).ThenBy(one => one.Company)
                .Select(one => new ProvingStatement(one, null, null)),
        ]);
    }

    private RuleProof Prove(ImmutableArray<ProvingStatement> stated)
    {
        var ties = new PartOfTies(facts.Ties, nodes, null);
        if (!Stands(stated, ties)) return RuleProof.None("It does not rest on what lies between the two alone.");
        ImmutableArray<ProvingStatement> all = [.. ties.Read.Order(TieOrder).Select(tie => new ProvingStatement(null, null, tie)), .. stated];
        if (Stands([])) return RuleProof.None("It rests on no statement that may be left out.");
        var isMonotone = IsMonotone();
        Func<Func<IEnumerable<ProvingStatement>, bool>, ImmutableArray<ProvingStatement>?> minimal = isMonotone ? holds => Halved(all, holds) : holds => Spared(all, holds);
        return minimal(Stands) is { } sufficient && minimal(taken => !Stands(all.Except(taken))) is { } decisive
            ? new RuleProof(InOrder(sufficient), InOrder(decisive), isMonotone, null)
            : RuleProof.None(string.Create(CultureInfo.InvariantCulture, $"The rule was asked {MostQuestions} times without an end."));
    }

    /// <summary>Whether the verdict stands on more statements wherever it stands on fewer.</summary>
    private bool IsMonotone() => verdict.Limb is { Unless.IsEmpty: true, Failing.IsEmpty: true, Where.IsEmpty: true } limb
        && (verdict.Finding.Agreement < 0 || limb.Jointly != Jointly.UnlessAlone) && (!facts.HasRanges || verdict.Finding.Holds == RuleHolding.Certain);

    private bool Stands(IEnumerable<ProvingStatement> left) => left.ToList() is var kept && Stands(kept, new PartOfTies(facts.Ties, nodes, [.. kept.Where(one => one.Tie is not null).Select(one => one.Tie!.Value)]));

    private bool Stands(IReadOnlyList<ProvingStatement> left, PartOfTies ties)
    {
        questions++;
        var holdings = beside.Concat(left.Where(one => one.Holding is not null).Select(one => one.Holding!.Value)).Select(one => one with { Holder = LocalOf(one.Holder), Company = LocalOf(one.Company) });
        ImmutableArray<ConcertAgreement> agreements =
        [
            .. left.Where(one => one.Agreement is not null).Select(one => one.Agreement!).OrderBy(one => one.Node)
                .Select(one => new ConcertAgreement(one.Node, LocalsOf(one.Members), one.Companies.IsEmpty ? [] : LocalsOf(one.Companies) is { IsEmpty: false } some ? some : [-1])),
        ];
        var part = new RuleFacts(HoldingGraph.Build(nodes.Length, holdings), agreements, ties, node => facts.FormOf(nodes[node]), facts.Listed is { } listed ? LocalsOf([.. listed]) : null, facts.Control);
        var (found, least) = (verdict.Finding, verdict.Finding.Holds);
        var (company, holders) = (LocalOf(found.Company), LocalsOf(found.Holders));
        // Of listed parties it is enough that they own it in sum, whichever of them do.
        var isOfAny = verdict.Limb.Kind == LimbKind.Aggregate && facts.Listed is not null;
        return new RuleReading(part, rule, day, meter).Of(LocalOf(asked)).Verdicts.Any(one =>
            one.Limb.Name == verdict.Limb.Name && one.Finding.Holds >= least && one.Finding.Company == company && one.Finding.Agreement == found.Agreement
            && (isOfAny || one.Finding.Holders.AsSpan().SequenceEqual(holders.AsSpan())));
    }

    private int LocalOf(int node) => nodes.BinarySearch(node);

    private ImmutableArray<int> LocalsOf(ImmutableArray<int> some) => [.. some.Select(LocalOf).Where(local => local >= 0)];

    /// <summary>A minimal part of which something holds that holds of whatever is more; null where the questions are spent.</summary>
    private ImmutableArray<ProvingStatement>? Halved(ImmutableArray<ProvingStatement> left, Func<IEnumerable<ProvingStatement>, bool> holds)
    {
        var chosen = new List<ProvingStatement>();
        while (!holds(chosen))
        {
            var (spared, tooMany) = (0, left.Length);
            while (tooMany - spared > 1)
            {
                if (questions > MostQuestions) return null;
                var middle = spared + ((tooMany - spared) / 2);
                if (holds([.. chosen, .. left[middle..]])) spared = middle;
                else tooMany = middle;
            }

            chosen.Add(left[spared]);
            left = left[(spared + 1)..];
        }

        return [.. chosen];
    }

    /// <summary>A part of which something holds, and does not without any one of it; null where the questions are spent.</summary>
    private ImmutableArray<ProvingStatement>? Spared(ImmutableArray<ProvingStatement> left, Func<IEnumerable<ProvingStatement>, bool> holds)
    {
        for (var isSettled = false; !isSettled;)
        {
            isSettled = true;
            foreach (var one in left)
            {
                if (questions > MostQuestions) return null;
                if (left.Remove(one) is var fewer && !holds(fewer)) continue;
                (left, isSettled) = (fewer, false);
            }
        }

        return left;
    }

    private static readonly Comparer<TieStatement> TieOrder = Comparer<TieStatement>.Create((one, other) =>
        (string.CompareOrdinal(one.Relationship, other.Relationship), one.From, one.To).CompareTo((0, other.From, other.To)));

    private static ImmutableArray<ProvingStatement> InOrder(ImmutableArray<ProvingStatement> chosen) =>
    [
        .. chosen.Where(one => one.Holding is not null).OrderBy(one => one.Holding!.Value.Holder).ThenBy(one => one.Holding!.Value.Company),
        .. chosen.Where(one => one.Agreement is not null).OrderBy(one => one.Agreement!.Node),
        .. chosen.Where(one => one.Tie is not null).OrderBy(one => one.Tie!.Value, TieOrder),
    ];

    /// <summary>Of the ties those between nodes of a part, under its own numbers, less those that are left out.</summary>
    /// <param name="whole">All there are.</param>
    /// <param name="nodes">Node of each number.</param>
    /// <param name="kept">Those that count; null for all.</param>
    private sealed class PartOfTies(StatedTies whole, ImmutableArray<int> nodes, HashSet<TieStatement>? kept) : StatedTies(null)
    {
        /// <summary>Ties that were read.</summary>
        public HashSet<TieStatement> Read { get; } = [];

        public override IReadOnlyList<StatedTie> Of(string relationship, int party, bool outgoing, ImmutableArray<string> words, WorkMeter meter)
        {
            var found = new List<StatedTie>();
            foreach (var tie in whole.Of(relationship, nodes[party], outgoing, words, meter))
            {
                var statement = outgoing ? new TieStatement(relationship, nodes[party], tie.Other) : new TieStatement(relationship, tie.Other, nodes[party]);
                if (nodes.BinarySearch(tie.Other) is < 0 || kept?.Contains(statement) == false) continue;
                Read.Add(statement);
                found.Add(tie with { Other = nodes.BinarySearch(tie.Other) });
            }

            return found;
        }
    }
}
