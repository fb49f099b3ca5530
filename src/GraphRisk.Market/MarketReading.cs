using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Credit;
using GraphRisk.Market.Lending;
using GraphRisk.Market.Networks;
using GraphRisk.Market.Securities;

namespace GraphRisk.Market;

/// <summary>
/// One reading of a snapshot in the terms of the trade, for everybody who computes on it: who is a client, what a contract is
/// and what is owed under it, who is in default, which entry is in force, who controls whom, who loses by whose failure. Each
/// notion is defined in one room of this project and nowhere else.
/// <para>
/// Properties open at once and answer by point reads. Methods that take a meter are gathered over all parties, once, by the
/// first who asks, at the cost of all who wait (<see cref="SharedWork{T}"/>), and kept as long as the reading. Thread-safe.
/// </para>
/// </summary>
public sealed class MarketReading
{
    private readonly SharedWork<SecurityStates> securities;
    private readonly SharedWork<HoldingGraph> holdings;
    private readonly SharedWork<CompanyControl> certainControl;
    private readonly SharedWork<ControlGroups> groups;
    private readonly SharedWork<ListedRecords> sanctions, listings;
    private readonly SharedWork<LinkedParties> ties;
    private readonly SharedWork<double[]> debts;
    private readonly SharedWork<double[]> equities;
    private readonly SharedWork<Means> means;
    private readonly SharedWork<Distress> distress;
    private readonly SharedWork<CoHolders> coHolders;
    private readonly SharedWork<Guarantees> guarantees;
    private readonly SharedWork<Exposures> exposures;
    private readonly SharedWork<NetworkLoss> networkLoss;
    private readonly SharedWork<CallsInForce> calls;
    private readonly SharedWork<TroubleSignals> signals;
    private readonly SharedWork<LinkedForcedSales> linkedForcedSales;

    /// <summary>The reading of a snapshot.</summary>
    public MarketReading(Snapshot snapshot)
    {
        Snapshot = snapshot;
        Parties = new Parties(snapshot);
        Contracts = new ContractTable(snapshot);
        Events = new CreditEvents(snapshot);
        Defaults = new Defaults(Contracts, Events);
        Records = new PublicRecords(snapshot);
        Statements = new FinancialStatements(snapshot);
        Positions = new Positions(snapshot);
        securities = new(_ => new SecurityStates(snapshot));
        holdings = new(meter => HoldingGraph.Of(snapshot, meter));
        certainControl = new(meter => new CompanyControl(Holdings(meter), ConcertAgreement.InForce(snapshot), OfLaw));
        groups = new(meter => new ControlGroups(Parties, Holdings(meter), Control(ShareBound.Lower, meter), meter));
        sanctions = new(meter => new ListedRecords(snapshot, Parties, Records, [ListedRecords.Sanction], meter));
        listings = new(meter => new ListedRecords(snapshot, Parties, Records, ListedRecords.Serious, meter));
        ties = new(meter => Links(TiesWithoutAmount, meter));
        debts = new(meter => PerParty(meter, node => (double)Contracts.DebtOf(node)));
        equities = new(meter => PerParty(meter, node => Parties.IndexOf(node) is var party && Parties.IsCompany(party) ? Statements.Of(Parties.RowOf(party)).Equity : double.NaN));
        means = new(meter => new Means(Parties, Positions, Equities(meter), meter));
        distress = new(meter => new Distress(snapshot, Parties, Contracts, Defaults, Records, Events, Statements, Securities(meter), Positions, meter));
        coHolders = new(meter => new CoHolders(Securities(meter).Count, Parties, Positions, Debts(meter), Distress(meter).ToArray(), meter));
        guarantees = new(meter => new Guarantees(snapshot, Parties, Debts(meter)));
        exposures = new(meter => new Exposures(Parties, Guarantees(meter), Holdings(meter), Means(meter), Debts(meter), Equities(meter)));
        networkLoss = new(meter => new NetworkLoss(Exposures(meter), Distress(meter), meter));
        calls = new(meter => new CallsInForce(Parties.Count, Guarantees(meter), Distress(meter), Means(meter), Debts(meter), meter));
        signals = new(meter => new TroubleSignals(Parties, Events, Distress(meter), Means(meter), Debts(meter), Exposures(meter), meter));
        linkedForcedSales = new(meter => new LinkedForcedSales(Parties, Events, () => Links(LinkParameters.Default, meter), meter));
    }

    /// <summary>Control as it is read everywhere: more than half of the votes, certain, of which a company's own shares have none.</summary>
    public static ControlParameters OfLaw { get; } = ControlParameters.Default with { Treasury = TreasuryShares.Cancelled };

    /// <summary>Ties between parties that carry no amount.</summary>
    private static LinkParameters TiesWithoutAmount { get; } = LinkParameters.Default with
    {
        Strengths = LinkParameters.Default.Strengths.RemoveRange([LinkKind.Control, LinkKind.Ownership, LinkKind.Guarantee, LinkKind.CommonHolding]),
    };

    public Snapshot Snapshot { get; }

    /// <summary>Who is a party, a client, a hub.</summary>
    public Parties Parties { get; }

    /// <summary>Contracts: debt, collateral, lines, status.</summary>
    public ContractTable Contracts { get; }

    /// <summary>Calls, defaults, cures.</summary>
    public CreditEvents Events { get; }

    /// <summary>Who is in default.</summary>
    public Defaults Defaults { get; }

    /// <summary>Lists in force, penalties, court cases.</summary>
    public PublicRecords Records { get; }

    /// <summary>Published accounts.</summary>
    public FinancialStatements Statements { get; }

    /// <summary>What parties hold in their accounts.</summary>
    public Positions Positions { get; }

    /// <summary>Prices and what they say, by security.</summary>
    public SecurityStates Securities(WorkMeter meter) => securities.Take(meter);

    /// <summary>Who holds what part of which company.</summary>
    public HoldingGraph Holdings(WorkMeter meter) => holdings.Take(meter);

    /// <summary>Control by majority of votes, agreements in force counted; shares that companies hold of themselves have no votes.</summary>
    /// <param name="bound">Lower for control that is certain, upper for control that is possible.</param>
    /// <param name="meter">Pays for it.</param>
    public CompanyControl Control(ShareBound bound, WorkMeter meter) => bound == ShareBound.Lower ? certainControl.Take(meter) : Control(OfLaw with { Bound = bound }, meter);

    /// <summary>Control by votes as the parameters say, agreements in force counted.</summary>
    public CompanyControl Control(ControlParameters parameters, WorkMeter meter) => parameters == OfLaw
        ? certainControl.Take(meter)
        : new CompanyControl(Holdings(meter), certainControl.Take(meter).Agreements, parameters);

    /// <summary>Groups under common control.</summary>
    public ControlGroups Groups(WorkMeter meter) => groups.Take(meter);

    /// <summary>Who stands on a list of sanctions.</summary>
    public ListedRecords Sanctions(WorkMeter meter) => sanctions.Take(meter);

    /// <summary>Who stands on any list that speaks against it.</summary>
    public ListedRecords Listings(WorkMeter meter) => listings.Take(meter);

    /// <summary>Links between parties of the kinds a question asks for.</summary>
    /// <param name="parameters">What counts as a link.</param>
    /// <param name="meter">Pays for the preparation, each time.</param>
    public LinkedParties Links(LinkParameters parameters, WorkMeter meter) =>
        new(Snapshot, Holdings(meter), Control(ShareBound.Lower, meter), parameters, meter);

    /// <summary>Links that carry no amount: accounts and devices used in common, offices, kinship, agreements.</summary>
    public LinkedParties Ties(WorkMeter meter) => ties.Take(meter);

    /// <summary>Contracts with what secures them at the close of the as-of day, whatever the last statement says.</summary>
    public DailyCoverages AtClose(WorkMeter meter) => new(this, Securities(meter), meter);

    /// <summary>Since when forced sales of others were near a party.</summary>
    public LinkedForcedSales LinkedForcedSales(WorkMeter meter) => linkedForcedSales.Take(meter);

    /// <summary>What each party owes under its contracts, yuan.</summary>
    public double[] Debts(WorkMeter meter) => debts.Take(meter);

    /// <summary>Published equity of each party, yuan; NaN where not known.</summary>
    public double[] Equities(WorkMeter meter) => equities.Take(meter);

    /// <summary>What each party could pay with.</summary>
    public Means Means(WorkMeter meter) => means.Take(meter);

    /// <summary>How close each party is to failure.</summary>
    public Distress Distress(WorkMeter meter) => distress.Take(meter);

    /// <summary>Who else holds a security.</summary>
    public CoHolders CoHolders(WorkMeter meter) => coHolders.Take(meter);

    /// <summary>Guarantees between parties.</summary>
    public Guarantees Guarantees(WorkMeter meter) => guarantees.Take(meter);

    /// <summary>Who loses by whose failure.</summary>
    public Exposures Exposures(WorkMeter meter) => exposures.Take(meter);

    /// <summary>What the distress of all costs each.</summary>
    public NetworkLoss NetworkLoss(WorkMeter meter) => networkLoss.Take(meter);

    /// <summary>What would be called under guarantees if all who have failed settled today.</summary>
    public CallsInForce Calls(WorkMeter meter) => calls.Take(meter);

    /// <summary>What can be seen of each party's trouble, and what is carried over the links.</summary>
    public TroubleSignals Signals(WorkMeter meter) => signals.Take(meter);

    private double[] PerParty(WorkMeter meter, Func<int, double> read)
    {
        var values = new double[Parties.Count];
        for (var party = 0; party < values.Length; party++)
        {
            meter.Charge(WorkUnit.Nodes, 1);
            values[party] = read(Parties.NodeOf(party));
        }

        return values;
    }
}
