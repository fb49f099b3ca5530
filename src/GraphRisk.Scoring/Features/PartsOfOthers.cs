using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Networks;
using GraphRisk.Scoring.Features.Families;

namespace GraphRisk.Scoring.Features;

/// <summary>
/// Which other parties make up a feature that is a sum over them, and what each gives: the impact of its failure, that times
/// its distress, its debt, or one for being counted. A feature that is one party's extreme (the greatest distress, the latest
/// failure) or an average over a crowd is no such sum and has no row; nor has what is carried over two steps, which tells of
/// those in between too. Cost of an answer: that of the party's ties.
/// </summary>
public sealed class PartsOfOthers
{
    private readonly MarketReading market;
    private readonly WorkMeter meter;
    private readonly Neighbourhoods around;

    internal PartsOfOthers(MarketReading market, WorkMeter meter)
    {
        this.market = market;
        this.meter = meter;
        around = new Neighbourhoods(market, meter);
    }

    /// <summary>Features that are sums over others.</summary>
    public static IEnumerable<string> Features => Table.Keys;

    /// <summary>The parts of a feature for a client, by node of the other party, a party possibly several times; null where it is no such sum.</summary>
    public IReadOnlyList<(int Party, decimal Amount)>? Of(int node, string feature) =>
        Table.TryGetValue(feature, out var read)
            ? [.. read(this, market.Parties.IndexOf(node)).Where(part => part.Amount != 0)
                .Select(part => (market.Parties.NodeOf(part.Party), (decimal)part.Amount))]
            : null;

    private static readonly Dictionary<string, Func<PartsOfOthers, int, IEnumerable<(int Party, double Amount)>>> Table = new(Carried(), StringComparer.Ordinal)
    {
        ["failed_debtors"] = (of, party) => of.Failed(party, ExposureKind.GuaranteedDebtor, _ => 1),
        ["failed_guarantors"] = (of, party) => of.Failed(party, ExposureKind.Guarantor, _ => 1),
        ["failed_debtors_impact"] = (of, party) => of.Failed(party, ExposureKind.GuaranteedDebtor, exposure => exposure.Impact),
        ["failed_guarantors_impact"] = (of, party) => of.Failed(party, ExposureKind.Guarantor, exposure => exposure.Impact),
        ["debtor_distress"] = (of, party) => of.Expected(party, ExposureKind.GuaranteedDebtor),
        ["guarantor_distress"] = (of, party) => of.Expected(party, ExposureKind.Guarantor),
        ["failed_held"] = (of, party) => of.Failed(party, ExposureKind.HeldCompany, _ => 1),
        ["failed_holders"] = (of, party) => of.Failed(party, ExposureKind.Holder, _ => 1),
        ["held_distress"] = (of, party) => of.Expected(party, ExposureKind.HeldCompany),
        ["holder_distress"] = (of, party) => of.Expected(party, ExposureKind.Holder),
        ["group_debt"] = (of, party) => of.Group(party).Select(other => (other, of.market.Debts(of.meter)[other])),
        ["group_failed"] = (of, party) => of.Group(party).Where(of.HasFailed).Select(other => (other, 1.0)),
        ["guarantee_calls"] = (of, party) => of.Called(party),
        ["network_loss"] = (of, party) => of.Passed(party),
        ["device_parties"] = (of, party) => of.Linked(party, 0).Select(other => (other, 1.0)),
        ["device_failed"] = (of, party) => of.Linked(party, 0).Where(of.HasFailed).Select(other => (other, 1.0)),
        ["office_failed"] = (of, party) => of.Linked(party, 1).Where(of.HasFailed).Select(other => (other, 1.0)),
        ["concert_failed"] = (of, party) => of.Linked(party, 2).Where(of.HasFailed).Select(other => (other, 1.0)),
    };

    private bool HasFailed(int party) => market.Distress(meter).HasFailed(party);

    private IEnumerable<(int, double)> Failed(int party, ExposureKind kind, Func<Exposure, double> amount) =>
        Exposures(party).Where(exposure => exposure.Kind == kind && HasFailed(exposure.To)).Select(exposure => (exposure.To, amount(exposure)));

    private IEnumerable<(int, double)> Expected(int party, ExposureKind kind) =>
        Exposures(party).Where(exposure => exposure.Kind == kind).Select(exposure => (exposure.To, exposure.Impact * market.Distress(meter).Of(exposure.To)));

    /// <summary>What each counterparty passes on in the end, whatever it had it from.</summary>
    private IEnumerable<(int, double)> Passed(int party) =>
        Exposures(party).Select(exposure => (exposure.To, market.NetworkLoss(meter).Passed(party, exposure)));

    /// <summary>Calls to means; where they exceed them, each in proportion.</summary>
    private IEnumerable<(int, double)> Called(int party)
    {
        (int Debtor, double Amount)[] calls = [.. Exposures(party).Where(exposure => exposure.Kind == ExposureKind.GuaranteedDebtor)
            .Select(exposure => exposure.To).Distinct().Select(debtor => (debtor, market.Calls(meter).For(party, debtor)))];
        var whole = Math.Max(market.Means(meter).Of(party), calls.Sum(call => call.Amount));
        return calls.Where(call => call.Amount > 0).Select(call => (call.Debtor, call.Amount / whole));
    }

    /// <summary>Rows of what is carried over one step.</summary>
    private static Dictionary<string, Func<PartsOfOthers, int, IEnumerable<(int Party, double Amount)>>> Carried() =>
        PropagatedFeatures.Steps.SelectMany(step => PropagatedFeatures.Signals.Select((signal, i) => (step, signal, i))).ToDictionary(
            row => PropagatedFeatures.NameOf(row.step.Name, row.signal),
            row => (Func<PartsOfOthers, int, IEnumerable<(int, double)>>)((of, party) =>
                PropagatedFeatures.Along(row.step, of.market.Parties, of.Exposures(party), of.around.LinksOf(party))
                    .Select(reached => (reached.Other, reached.Weight * of.market.Signals(of.meter).Of(reached.Other)[row.i]))));

    private Exposure[] Exposures(int party) => market.Exposures(meter).Of(party).ToArray();

    private IEnumerable<int> Group(int party) => market.Groups(meter).Of(party).ToArray().Where(other => other != party);

    private IEnumerable<int> Linked(int party, int circle) =>
        LinkFeatures.Others(around.LinksOf(party), LinkFeatures.Circles[circle]).Select(market.Parties.IndexOf);
}
