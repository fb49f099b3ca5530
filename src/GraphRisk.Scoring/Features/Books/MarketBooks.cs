using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Scoring.Features.Books;

/// <summary>
/// All books of one snapshot, opened once and read by every feature family. Opening costs a few passes over the
/// parties' contracts, holdings and ties; afterwards nothing changes, so threads may read at will.
/// </summary>
internal sealed class MarketBooks
{
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="meter">Pays for each book before it is opened: a pass over the parties.</param>
    public MarketBooks(Snapshot snapshot, WorkMeter meter)
    {
        Snapshot = snapshot;
        Parties = new Parties(snapshot);
        Contracts = Opened(() => new ContractBook(snapshot, Parties));
        Securities = Opened(() => new SecurityBook(snapshot));
        Holdings = Opened(() => new HoldingBook(snapshot, Securities));
        Events = Opened(() => new EventBook(snapshot));
        Records = Opened(() => new PublicRecordBook(snapshot));
        Accounts = Opened(() => new AccountsBook(snapshot));
        Stress = Opened(() => new StressBook(Parties, Contracts, Events, Records, Accounts));
        Means = Opened(() => new MeansBook(Parties, Holdings, Accounts));
        Links = Opened(() => new ContagionLinks(snapshot, Parties, Means, Contracts));
        Crowds = Opened(() => new CrowdBook(snapshot.Nodes.RowCount("Security"), Parties, Holdings, Contracts, Stress));
        Groups = Opened(() => new ControlGroups(snapshot, Parties, Contracts, Stress));

        T Opened<T>(Func<T> open)
        {
            meter.Charge(WorkUnit.Nodes, Parties.Count);
            return open();
        }
    }

    public Snapshot Snapshot { get; }

    public Parties Parties { get; }

    public ContractBook Contracts { get; }

    public SecurityBook Securities { get; }

    public HoldingBook Holdings { get; }

    public EventBook Events { get; }

    public PublicRecordBook Records { get; }

    public AccountsBook Accounts { get; }

    public StressBook Stress { get; }

    public MeansBook Means { get; }

    public ContagionLinks Links { get; }

    public CrowdBook Crowds { get; }

    public ControlGroups Groups { get; }
}
