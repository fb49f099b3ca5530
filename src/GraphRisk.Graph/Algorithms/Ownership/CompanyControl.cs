using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Control by majority of votes: x controls y when x, together with all that x controls, holds more than half of the
/// votes of y. The smallest such relation (company control of the Datalog literature; Gottlob, Pieris and Sallinger,
/// Vadalog).
/// <para>
/// One counter a company is kept for a controller: a worklist takes each controlled company once and adds its votes to
/// the counters of the companies it holds; a counter that passes the majority puts its company on the list. Votes only
/// grow, so the order does not matter and the fixpoint is the smallest. Sums are decimals: 0.3 + 0.2 is not above half.
/// Over-allocated companies are no obstacle, and cycles none either. What votes weigh in a company is <see cref="VoteScale"/>.
/// </para>
/// <para>
/// Parties bound by an agreement in force (<see cref="ConcertAgreement"/>) pool their votes, and those of the companies
/// each controls, in the companies the agreement concerns and nowhere else. Concert is never derived from other ties
/// and never joined with another agreement; what a member controls alone is not counted as joint. Cost of a controller:
/// the holdings of all it controls.
/// </para>
/// </summary>
public sealed class CompanyControl
{
    // What a fixpoint costs that follows no holding: its sets and its list.
    private const int StepsOfSpread = 100;

    private readonly HoldingGraph holdings;
    private readonly ImmutableArray<ConcertAgreement> agreements;
    private readonly ControlParameters parameters;
    private readonly VoteScale scale;

    /// <param name="holdings">The holdings of a snapshot.</param>
    /// <param name="agreements">Agreements in force.</param>
    /// <param name="parameters">When votes control.</param>
    public CompanyControl(
        HoldingGraph holdings, ImmutableArray<ConcertAgreement> agreements = default, ControlParameters? parameters = null)
    {
        this.holdings = holdings;
        this.agreements = agreements.IsDefault ? [] : agreements;
        this.parameters = parameters ?? ControlParameters.Default;
        scale = new VoteScale(holdings, this.parameters);
    }

    /// <summary>The agreements that are taken into account.</summary>
    public ImmutableArray<ConcertAgreement> Agreements => agreements;

    /// <summary>Whether a holding by itself controls its company.</summary>
    public bool IsMajority(Holding holding) => scale.Commands(holding.Votes, holding.Company);

    /// <summary>The votes a party commands in a company, its own and those of all it controls.</summary>
    public (decimal Votes, ImmutableArray<VoteBlock> Blocks) Votes(int party, int company, WorkMeter? meter = null)
    {
        var reach = Reach(party, meter ?? WorkMeter.Unlimited);
        return (Sum(reach, company), Blocks(reach, company));
    }

    /// <summary>Nodes of the companies a party controls, ascending; itself is never among them.</summary>
    public ImmutableArray<int> ControlledNodes(int party, WorkMeter? meter = null) => [.. Reach(party, meter ?? WorkMeter.Unlimited).Controlled.Order()];

    /// <summary>The companies a party controls with the votes it commands in each, as far as they are known, by company ascending.</summary>
    public IEnumerable<(int Company, ShareInterval Votes)> CommandedBy(int party, WorkMeter? meter = null) => Commanded(Reach(party, meter ?? WorkMeter.Unlimited), meter ?? WorkMeter.Unlimited);

    /// <summary>The same of the parties of an agreement.</summary>
    public IEnumerable<(int Company, ShareInterval Votes)> CommandedBy(ConcertAgreement agreement, WorkMeter? meter = null) => Commanded(Reach(agreement, meter ?? WorkMeter.Unlimited), meter ?? WorkMeter.Unlimited);

    /// <summary>Every company a party controls, with the votes that make it so, by company ascending.</summary>
    public ImmutableArray<ControlledCompany> ControlledBy(int party, WorkMeter? meter = null)
    {
        var reach = Reach(party, meter ?? WorkMeter.Unlimited);
        return Describe(reach, reach.Controlled.Count > 0 && IsUltimate([party], reach, meter ?? WorkMeter.Unlimited));
    }

    /// <summary>Every company the parties of an agreement control together and none of them alone, by company ascending.</summary>
    public ImmutableArray<ControlledCompany> ControlledBy(ConcertAgreement agreement, WorkMeter? meter = null) =>
        Reach(agreement, meter ?? WorkMeter.Unlimited) is { Controlled.Count: > 0 } reach ? Describe(reach, IsUltimate(agreement.Members, reach, meter ?? WorkMeter.Unlimited)) : [];

    /// <summary>All that control a company: parties by node ascending, then agreements none of whose members controls it alone.</summary>
    public ImmutableArray<ControlledCompany> ControllersOf(int company, WorkMeter? meter = null)
    {
        var paid = meter ?? WorkMeter.Unlimited;
        var upstream = BreadthFirst.Reach(holdings.In, company, meter: paid).ToHashSet();
        var alone = upstream.Order().Select(party => Reach(party, paid)).Where(reach => reach.Controlled.Contains(company)).ToList();
        var together = agreements.Where(agreement => agreement.Members.Any(upstream.Contains))
            .Select(agreement => Reach(agreement, paid)).Where(reach => reach.Controlled.Count > 0).ToList();
        // Control is transitive: what alone controls one of these, or all parties of an agreement, controls the company too.
        return [.. alone.Concat(together.Where(reach => reach.Controlled.Contains(company)))
            .Select(reach => Describe(reach, company, !alone.Concat(together).Any(other => IsAbove(other, reach))))];
    }

    /// <summary>Whether a party controls a company and nobody it does not control in turn controls it, alone or by an agreement.</summary>
    public bool IsUltimate(int party, WorkMeter? meter = null) =>
        Reach(party, meter ?? WorkMeter.Unlimited) is { Controlled.Count: > 0 } reach && IsUltimate([party], reach, meter ?? WorkMeter.Unlimited);

    /// <summary>Whether nobody controls the controller, alone or by an agreement: among those upstream of one of its members.</summary>
    private bool IsUltimate(ImmutableArray<int> members, ControlReach reach, WorkMeter meter)
    {
        var upstream = BreadthFirst.Reach(holdings.In, members[0], meter: meter).ToHashSet();
        return !upstream.Any(other => !members.Contains(other) && !reach.Controlled.Contains(other) && IsAbove(Reach(other, meter), reach))
            && !agreements.Any(agreement => agreement.Node != reach.Controller.Agreement && agreement.Members.Any(upstream.Contains) && IsAbove(Reach(agreement, meter), reach));
    }

    /// <summary>Whether one controls all members of the other and is not controlled by it in turn.</summary>
    private static bool IsAbove(ControlReach upper, ControlReach lower) =>
        upper.Controlled.IsSupersetOf(lower.Controller.Members) && !lower.Controlled.IsSupersetOf(upper.Controller.Members);

    private ImmutableArray<ControlledCompany> Describe(ControlReach reach, bool isUltimate) =>
        [.. reach.Controlled.Order().Select(company => Describe(reach, company, isUltimate))];

    private ControlledCompany Describe(ControlReach reach, int company, bool isUltimate) =>
        new(reach.Controller, company, Sum(reach, company), Blocks(reach, company), isUltimate);

    private IEnumerable<(int Company, ShareInterval Votes)> Commanded(ControlReach reach, WorkMeter meter)
    {
        foreach (var company in meter.Along(reach.Controlled.Order())) yield return (company, scale.Within(Pooled(reach, company), company));
    }

    private decimal Sum(ControlReach reach, int company) => scale.PartOf(Pooled(reach, company), company);

    private ShareInterval Pooled(ControlReach reach, int company)
    {
        var sum = ShareInterval.Exactly(0);
        foreach (var edge in holdings.EdgesInto(company))
            if (holdings[edge] is var holding && reach.Pools(holding.Holder, company) && scale.Counts(holding)) sum += holding.Votes;
        return sum;
    }

    private ImmutableArray<VoteBlock> Blocks(ControlReach reach, int company)
    {
        var blocks = ImmutableArray.CreateBuilder<VoteBlock>();
        foreach (var edge in holdings.EdgesInto(company))
            if (holdings[edge] is var holding && reach.Pools(holding.Holder, company) && scale.Counts(holding) && holding.Votes.At(parameters.Bound) is var votes and > 0)
                blocks.Add(new VoteBlock(holding.Holder, votes));
        return blocks.ToImmutable();
    }

    /// <summary>What a party controls.</summary>
    internal ControlReach Reach(int party, WorkMeter meter)
    {
        var controlled = Spread([party], _ => true, meter);
        controlled.Remove(party);
        return new ControlReach(Controller.Alone(party), controlled, (holder, _) => holder == party || controlled.Contains(holder));
    }

    /// <summary>What the parties of an agreement control together and none of them alone.</summary>
    internal ControlReach Reach(ConcertAgreement agreement, WorkMeter meter)
    {
        var pool = agreement.Members.SelectMany(member => Reach(member, meter).Controlled.Append(member)).ToHashSet();
        var jointly = Spread(pool, agreement.Covers, meter);
        return new ControlReach(
            new Controller(agreement.Members, agreement.Node), [.. jointly.Except(pool)],
            (holder, company) => jointly.Contains(holder) || (agreement.Covers(company) && pool.Contains(holder)));
    }

    /// <summary>
    /// The fixpoint: the pool's votes count in the companies covered, those of companies that came under control everywhere.
    /// </summary>
    private HashSet<int> Spread(HashSet<int> pool, Func<int, bool> covers, WorkMeter meter)
    {
        meter.Charge(StepsOfSpread);
        var controlled = new HashSet<int>();
        var votes = new Dictionary<int, ShareInterval>();
        var work = new Queue<(int Holder, Func<int, bool> Counts)>(pool.Order().Select(holder => (holder, covers)));
        while (work.TryDequeue(out var next))
        {
            meter.ChargeNode(holdings.Out.Degree(next.Holder));
            foreach (var holding in holdings.HeldBy(next.Holder))
            {
                if (!next.Counts(holding.Company)) continue;
                scale.Prepare(holding.Company, meter);
                if (!scale.Counts(holding)) continue;
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(votes, holding.Company, out _);
                sum += holding.Votes;
                if (!scale.Commands(sum, holding.Company) || !controlled.Add(holding.Company)) continue;
                // One of the pool has been counted where the pool counts; what is left is the rest.
                work.Enqueue((holding.Company, pool.Contains(holding.Company) ? company => !covers(company) : _ => true));
            }
        }

        return controlled;
    }
}

/// <summary>What a controller controls, and whose votes it commands in a company.</summary>
/// <param name="Controller">Who.</param>
/// <param name="Controlled">Nodes of the companies.</param>
/// <param name="Pools">Whether the votes of a holder in a company are at its command.</param>
internal sealed record ControlReach(Controller Controller, HashSet<int> Controlled, Func<int, int, bool> Pools);
