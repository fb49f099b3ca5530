using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Ownership.Rules.Limbs;

namespace GraphRisk.Graph.Algorithms.Ownership.Rules;

/// <summary>
/// A rule held against facts: for one party, or for all there are. Each verdict names the limb by which it holds, what was measured, whether
/// it is certain, and what could not be known.
/// <para>
/// Limbs are read one by one and then held against each other: one that applies only where another does not (<see cref="RuleLimb.Unless"/>,
/// for the same holder; <see cref="RuleLimb.Failing"/>, for anybody) is left out where that one is certain, and is no more than possible where
/// the other may hold for anybody; one that applies only where another holds (<see cref="RuleLimb.Where"/>) the other way round. Whatever ranges and unknown shares turn out to be, what then holds is among the verdicts, and
/// what is called certain holds then.
/// </para>
/// <para>Made for one question; not thread-safe. Cost: that of its limbs.</para>
/// </summary>
public sealed class RuleReading
{
    private readonly RuleFacts facts;
    private readonly OwnershipRule rule;
    private readonly RuleVersion version;
    private readonly DateOnly day;
    private readonly WorkMeter meter;
    private readonly Dictionary<string, int> order;
    private readonly HashSet<string> named;
    private readonly ImmutableArray<(RuleLimb Limb, LimbReading Reading)> limbs;

    /// <param name="facts">What the rule is held against.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="day">The day whose wording applies.</param>
    /// <param name="meter">Pays for it.</param>
    public RuleReading(RuleFacts facts, OwnershipRule rule, DateOnly day, WorkMeter meter)
    {
        (this.facts, this.rule, this.day, this.meter, version) = (facts, rule, day, meter, rule.On(day));
        order = version.Limbs.Select((limb, place) => (limb.Name, place)).ToDictionary(pair => pair.Name, pair => pair.place);
        named = [.. version.Limbs.SelectMany(limb => limb.Failing.Concat(limb.Unless).Concat(limb.Where))];
        limbs = [.. version.Limbs.Where(IsRead).Select(limb => (limb, LimbReading.Of(new LimbContext(facts, version, limb, limb.Holder ?? rule.Holder, meter))))];
    }

    /// <summary>What the rule says of a party: who stands to it, or, by the rule's scope, who stands to whom within it.</summary>
    public RuleAnswer Of(int party) => Answer(Weigh(rule.Scope switch
    {
        RuleScope.HolderAndCompany => limbs.SelectMany(limb => limb.Reading.Into(party).Select(found => (limb.Limb, found))),
        RuleScope.Parties => limbs.SelectMany(limb => Around(limb.Reading, party).Select(found => (limb.Limb, found))),
        _ => AmongInvestors(party),
    }, party), [.. facts.Holdings.Findings.Where(finding => finding.Companies.Contains(party)), .. UnstatedOf(party)]);

    /// <summary>All that the rule says of a register; a rule between investors is asked of each company that has two or takes part in an agreement.</summary>
    public RuleAnswer All() => Answer(
        rule.Scope == RuleScope.Investors
            ? [.. Enumerable.Range(0, facts.Holdings.NodeCount).SelectMany(company => Weigh(AmongInvestors(company), company))]
            : Weigh(limbs.SelectMany(limb => limb.Reading.All().Select(found => (limb.Limb, found))), null),
        facts.Holdings.Findings);

    /// <summary>Whether a limb is told, or decides whether others apply.</summary>
    private bool IsRead(RuleLimb limb) => !limb.Helper || version.Limbs.Any(other => other.Where.Contains(limb.Name) || other.Failing.Contains(limb.Name) || other.Unless.Contains(limb.Name));

    /// <summary>Everything around a party: once where it does not matter who holds, else from both sides.</summary>
    private static IEnumerable<LimbFinding> Around(LimbReading reading, int party) => reading.IsMutual ? reading.From(party) : reading.Into(party).Concat(reading.From(party));

    /// <summary>Agreements on votes in a company, and what presumes concert between two that hold parts of it.</summary>
    private IEnumerable<(RuleLimb, LimbFinding)> AmongInvestors(int company)
    {
        meter.ChargeNode(facts.Holdings.In.Degree(company));
        var investors = facts.Holdings.In.Neighbours(company).ToArray().Where(holder => holder != company).ToHashSet();
        foreach (var (limb, reading) in limbs)
        {
            if (limb.Kind == LimbKind.Agreement)
            {
                foreach (var agreed in reading.Into(company)) yield return (limb, agreed);
                continue;
            }

            if (investors.Count < 2) continue;
            foreach (var investor in investors.Order())
                foreach (var found in reading.From(investor))
                    if (found.Alone == investor && investors.Contains(found.Company) && (!reading.IsMutual || investor < found.Company)) yield return (limb, found);
        }
    }

    private RuleAnswer Answer(ImmutableArray<RuleVerdict> verdicts, ImmutableArray<OwnershipFinding> findings) => new(rule, version, version.From <= day, verdicts, findings);

    /// <summary>Limbs held against each other.</summary>
    /// <param name="read">What they say each by itself.</param>
    /// <param name="asked">Of whom; null where of each finding's own company.</param>
    private ImmutableArray<RuleVerdict> Weigh(IEnumerable<(RuleLimb Limb, LimbFinding Found)> read, int? asked)
    {
        var found = Distinct(read);
        if (found.Count == 0) return [];
        var met = found.Where(one => named.Contains(one.Limb.Name)).ToList();
        var sure = met.Where(one => one.Found.Holds == RuleHolding.Certain).ToLookup(one => (one.Limb.Name, one.Found.Company));
        var open = met.Select(one => (one.Limb.Name, one.Found.Company)).ToHashSet();
        var verdicts = ImmutableArray.CreateBuilder<RuleVerdict>();
        foreach (var (limb, one) in found)
        {
            if (limb.Helper) continue;
            if (limb.Failing.Any(name => sure.Contains((name, one.Company)))) continue;
            if (limb.Unless.Any(name => sure[(name, one.Company)].Any(other => other.Found.Holders.AsSpan().SequenceEqual(one.Holders.AsSpan())))) continue;
            if (!limb.Where.IsEmpty && !limb.Where.Any(name => open.Contains((name, one.Company)))) continue;
            var isOpen = limb.Failing.Any(name => open.Contains((name, one.Company))) || (!limb.Where.IsEmpty && !limb.Where.Any(name => sure.Contains((name, one.Company))));
            var held = isOpen && one.Holds == RuleHolding.Certain ? one with { Holds = RuleHolding.Possible } : one;
            verdicts.Add(new RuleVerdict(limb, held, [.. CannotKnow(limb, held, isOpen)], asked ?? held.Company));
        }

        return verdicts.ToImmutable();
    }

    /// <summary>By company, limb and holders; of one found twice the surer, through whom is first.</summary>
    private List<(RuleLimb Limb, LimbFinding Found)> Distinct(IEnumerable<(RuleLimb Limb, LimbFinding Found)> read)
    {
        var surest = new Dictionary<(string Limb, int Company, int Holder, string? Others, int Agreement), (RuleLimb Limb, LimbFinding Found)>();
        foreach (var one in read)
        {
            var (found, key) = (one.Found, (one.Limb.Name, one.Found.Company, one.Found.Holders[0], one.Found.Holders.Length == 1 ? null : string.Join(' ', one.Found.Holders), one.Found.Agreement));
            if (!surest.TryGetValue(key, out var known) || found.Holds > known.Found.Holds || (found.Holds == known.Found.Holds && found.Via < known.Found.Via)) surest[key] = one;
        }

        return [.. surest.Values.OrderBy(one => one.Found.Company).ThenBy(one => order[one.Limb.Name]).ThenBy(one => one.Found.Holders[0]).ThenBy(one => one.Found.Agreement)];
    }

    private IEnumerable<string> CannotKnow(RuleLimb limb, LimbFinding found, bool isOpen)
    {
        if (isOpen) yield return $"Whether other limbs hold for anybody, on which it turns whether this one applies: {string.Join(", ", limb.Failing.Concat(limb.Where))}.";
        if (found.Figure is { } figure && figure.Lower != figure.Upper) yield return "Where in its range the part lies.";
        if ((limb.Holder ?? rule.Holder) is HolderKind.Person or HolderKind.LegalPerson && found.Holders.Any(holder => facts.FormOf(holder) == PartyForm.Unknown)) yield return "Whether the holder is a natural person.";
        if (limb.Indicative) yield return "Whether the law's judgement falls so: figures do not decide it.";
        foreach (var text in limb.CannotKnow.Concat(rule.CannotKnow)) yield return text;
    }

    /// <summary>What of the company nobody is stated to hold: whoever holds it is in no verdict.</summary>
    private IEnumerable<OwnershipFinding> UnstatedOf(int company)
    {
        if (facts.Holdings.In.Degree(company) == 0) yield break;
        var part = UnstatedPart.Of(facts.Holdings, company);
        if (part.Most == 0) yield break;
        yield return new OwnershipFinding(
            OwnershipFindingKind.PartUnstated, [company], part.Most,
            "A part of the company's equity is nobody's by any certain statement; whoever else holds it is in no verdict.") { Holders = part.Holders };
    }
}
