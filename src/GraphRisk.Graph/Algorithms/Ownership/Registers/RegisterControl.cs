using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Ownership.Rules;

namespace GraphRisk.Graph.Algorithms.Ownership.Registers;

/// <summary>A party, or an agreement, and a company it has in its hand.</summary>
/// <param name="Holder">Node of the party or agreement.</param>
/// <param name="Company">Node of the company.</param>
/// <param name="Share">The votes it commands there, as far as they are known; under the aggregate rule the part of the equity.</param>
public readonly record struct ControlPair(int Holder, int Company, ShareInterval Share);

/// <summary>
/// Who controls which company, for all parties of a register; and whose being blocked would block which company.
/// <para>
/// Both fixpoints begin with what a party has by itself, so a party without a single direct majority (or half) has nothing
/// in its hand, and only the others are followed (<see cref="CompanyControl"/>, <see cref="AggregateOwnershipRule"/>). Cost: the
/// holdings of all that each of them has in its hand: what there is to tell.
/// </para>
/// </summary>
public static class RegisterControl
{
    /// <summary>All pairs of controller and company, parties first, then agreements; each by node, then company.</summary>
    /// <param name="holdings">The holdings.</param>
    /// <param name="agreements">Agreements in force.</param>
    /// <param name="parameters">When votes control.</param>
    /// <param name="meter">Pays for it.</param>
    public static ImmutableArray<ControlPair> Pairs(
        HoldingGraph holdings, ImmutableArray<ConcertAgreement> agreements = default, ControlParameters? parameters = null, WorkMeter? meter = null)
    {
        var paid = meter ?? WorkMeter.Unlimited;
        var control = new CompanyControl(holdings, agreements, parameters);
        var pairs = ImmutableArray.CreateBuilder<ControlPair>();
        for (var party = 0; party < holdings.NodeCount; party++)
        {
            if (!HasOne(holdings.HeldBy(party), control.IsMajority, paid)) continue;
            foreach (var (company, votes) in control.CommandedBy(party, paid)) pairs.Add(new ControlPair(party, company, votes));
        }

        foreach (var agreement in control.Agreements)
            foreach (var (company, votes) in control.CommandedBy(agreement, paid)) pairs.Add(new ControlPair(agreement.Node, company, votes));
        return pairs.DrainToImmutable();
    }

    /// <summary>For each party by itself: the companies that would be blocked if it were, by party, then company.</summary>
    /// <param name="holdings">The holdings.</param>
    /// <param name="threshold">Part that blocks, inclusive.</param>
    /// <param name="bound">Which end of intervals counts.</param>
    /// <param name="meter">Pays for it.</param>
    public static ImmutableArray<ControlPair> Blocked(HoldingGraph holdings, decimal threshold, ShareBound bound = ShareBound.Stated, WorkMeter? meter = null)
    {
        var paid = meter ?? WorkMeter.Unlimited;
        var scale = new VoteScale(holdings, new ControlParameters(threshold, bound), ShareMeasure.Equity);
        var pairs = ImmutableArray.CreateBuilder<ControlPair>();
        for (var party = 0; party < holdings.NodeCount; party++)
        {
            if (!HasOne(holdings.HeldBy(party), holding => holding.Equity.At(bound) >= threshold, paid)) continue;
            foreach (var company in AggregateOwnershipRule.Find(holdings, [party], threshold, bound, meter: paid)) pairs.Add(new ControlPair(party, company.Company, scale.Within(Owned(company), company.Company)));
        }

        return pairs.DrainToImmutable();

        ShareInterval Owned(BlockedCompany company)
        {
            var sum = ShareInterval.Exactly(0);
            foreach (var owner in company.Owners)
                if (holdings.Find(owner, company.Company) is { } holding) sum += holding.Equity;
            return sum;
        }
    }

    private static bool HasOne(ReadOnlySpan<Holding> held, Func<Holding, bool> isEnough, WorkMeter meter)
    {
        meter.ChargeNode(held.Length);
        foreach (var holding in held)
            if (isEnough(holding)) return true;
        return false;
    }
}
