using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Market;
using GraphRisk.Market.Lending;

namespace GraphRisk.Workflow.Exposure;

/// <summary>
/// What a broker is exposed to in a client and in all parties linked to it: the contracts it granted to each of them, with
/// the path that links them.
/// <para>
/// Only what this broker may see goes in. Sums are over its own contracts. Paths run along what is on public record or
/// declared (control, ownership, agreements, offices, guarantees, stated ties); accounts, devices and common holdings at
/// other brokers are those brokers' secrets, so a shared account or device counts only where both accounts are kept here,
/// as a link of one step. Linked parties that are no clients of the broker carry no exposure and are not listed.
/// </para>
/// <para>Prepared once a snapshot; thread-safe. Cost of an answer: that of the search for linked parties.</para>
/// </summary>
public sealed class LinkedExposure
{
    private readonly ContractTable contracts;
    private readonly LinkedParties parties;
    private readonly SharedAtBroker shared;

    /// <param name="market">The reading of what the broker may see.</param>
    /// <param name="parameters">What counts as a link; kinds a broker must not follow are left out whatever they say.</param>
    /// <param name="meter">Pays for the preparation.</param>
    public LinkedExposure(MarketReading market, LinkParameters? parameters = null, WorkMeter? meter = null)
    {
        var all = parameters ?? LinkParameters.Default;
        contracts = market.Contracts;
        parties = market.Links(BrokerView(all), meter ?? WorkMeter.Unlimited);
        shared = new SharedAtBroker(contracts.Snapshot, all);
    }

    /// <summary>The parameters without the kinds of link that show other brokers' accounts and positions.</summary>
    public static LinkParameters BrokerView(LinkParameters all) => all with
    {
        Strengths = all.Strengths.RemoveRange([LinkKind.SharedAccount, LinkKind.SharedDevice, LinkKind.CommonHolding]),
    };

    /// <summary>The exposure of a broker to a client and those linked to it.</summary>
    /// <param name="broker">Node of the broker.</param>
    /// <param name="client">Node of the client.</param>
    /// <param name="meter">Pays for the search.</param>
    /// <param name="isApplicant">Whether the party applies to the broker without being its client yet: nothing is at stake with itself, with those linked to it there may be.</param>
    /// <returns>The answer; null where the party is neither client nor applicant of the broker, which then may not ask.</returns>
    public LinkedExposureAnswer? Of(int broker, int client, WorkMeter? meter = null, bool isApplicant = false)
    {
        var paid = meter ?? WorkMeter.Unlimited;
        if (!isApplicant && !contracts.IsClient(client, broker)) return null;
        var answer = parties.Of(client, paid);
        var reached = answer.Linked.ToDictionary(linked => linked.Party);
        foreach (var link in paid.Along(shared.LinksFrom(broker, client)))
            if (!reached.TryGetValue(link.To, out var known) || known.Strength < link.Strength)
                reached[link.To] = new LinkedParty(link.To, link.Strength, [link]);
        var linked = paid.Along(reached.Values).Where(party => contracts.IsClient(party.Party, broker))
            .Select(party => new LinkedPartyExposure(Measure(party.Party, broker), party.Strength, party.Path))
            .OrderByDescending(one => one.Exposure.Debt).ThenBy(one => one.Exposure.Party);
        return new LinkedExposureAnswer(
            broker, client, Measure(client, broker), [.. linked], contracts.NetCapitalOf(broker), answer.IsComplete && parties.ControlIsComplete);
    }

    /// <summary>
    /// What may belong to an exposure, since the client or a linked party may be one with somebody else: that one, and, who may be the client, with all linked to it.
    /// </summary>
    /// <param name="answer">The exposure.</param>
    /// <param name="doubts">Doubtful identities of the client and of linked parties; others are passed over.</param>
    /// <param name="meter">Pays for a search of linked parties for each who may be the client.</param>
    public DoubtfulExposure DoubtfulOf(LinkedExposureAnswer answer, IReadOnlyCollection<DoubtfulIdentity> doubts, WorkMeter? meter = null)
    {
        var paid = meter ?? WorkMeter.Unlimited;
        var certain = answer.Linked.Select(one => one.Exposure.Party).Append(answer.Client).ToHashSet();
        var (chances, isComplete) = (new SortedDictionary<int, double>(), true);
        foreach (var doubt in doubts.Where(doubt => certain.Contains(doubt.Party)).OrderBy(doubt => (doubt.Other, doubt.Party)))
        {
            paid.Charge(WorkUnit.Nodes, 1);
            Add(doubt.Other, doubt.Probability);
            if (doubt.Party != answer.Client) continue;
            var linked = parties.Of(doubt.Other, paid);
            isComplete &= linked.IsComplete;
            foreach (var other in paid.Along(linked.Linked)) Add(other.Party, doubt.Probability);
        }

        var found = chances.Select(one => new DoubtfulPartyExposure(Measure(one.Key, answer.Broker), one.Value)).Where(one => one.Exposure.Debt > 0);
        return new DoubtfulExposure([.. found.OrderByDescending(one => one.ExpectedDebt).ThenBy(one => one.Exposure.Party)], isComplete);

        void Add(int party, double probability)
        {
            if (!certain.Contains(party) && contracts.IsClient(party, answer.Broker))
                chances[party] = 1 - ((1 - chances.GetValueOrDefault(party)) * (1 - probability));
        }
    }

    private PartyExposure Measure(int party, int broker) =>
        new(party, [.. contracts.Of(party, broker).Where(contract => contract.IsOutstanding)]);
}

/// <summary>What a broker has granted to one party and not got back.</summary>
/// <param name="Party">Node of the party.</param>
/// <param name="Contracts">Its outstanding contracts with the broker, by node.</param>
public sealed record PartyExposure(int Party, ImmutableArray<Contract> Contracts)
{
    /// <summary>Owed under all of them.</summary>
    public decimal Debt => Contracts.Sum(contract => contract.Debt);

    /// <summary>What secures them.</summary>
    public decimal Collateral => Contracts.Sum(contract => contract.Collateral);

    /// <summary>Owed beyond what secures it, contract by contract: one contract's surplus does not secure another.</summary>
    public decimal Uncovered => Contracts.Sum(contract => contract.Uncovered);

    /// <summary>Owed under contracts of a kind.</summary>
    public decimal DebtOf(ContractKind kind) => Contracts.Where(contract => contract.Kind == kind).Sum(contract => contract.Debt);
}

/// <summary>A linked party's exposure with the path that links it.</summary>
/// <param name="Exposure">What the broker has granted to it.</param>
/// <param name="Strength">Strength of the path, above 0, at most 1.</param>
/// <param name="Path">Links from the client to the party.</param>
public sealed record LinkedPartyExposure(PartyExposure Exposure, double Strength, ImmutableArray<Link> Path);

/// <summary>The exposure of a broker to a client with all linked parties.</summary>
/// <param name="Broker">Node of the broker.</param>
/// <param name="Client">Node of the client.</param>
/// <param name="Own">The client's own.</param>
/// <param name="Linked">The linked parties', largest debt first, then by node.</param>
/// <param name="NetCapital">The broker's net capital; null where not stated.</param>
/// <param name="IsComplete">False where more parties are linked than the search may follow.</param>
public sealed record LinkedExposureAnswer(
    int Broker, int Client, PartyExposure Own, ImmutableArray<LinkedPartyExposure> Linked, decimal? NetCapital, bool IsComplete)
{
    /// <summary>Owed by the client and all linked parties.</summary>
    public decimal TotalDebt => Own.Debt + Linked.Sum(one => one.Exposure.Debt);

    /// <summary>What secures it.</summary>
    public decimal TotalCollateral => Own.Collateral + Linked.Sum(one => one.Exposure.Collateral);

    /// <summary>Owed beyond what secures it, contract by contract.</summary>
    public decimal TotalUncovered => Own.Uncovered + Linked.Sum(one => one.Exposure.Uncovered);

    /// <summary>Total debt to the broker's net capital; null where that is not stated or zero.</summary>
    public decimal? ShareOfNetCapital => NetCapital > 0 ? TotalDebt / NetCapital : null;
}
