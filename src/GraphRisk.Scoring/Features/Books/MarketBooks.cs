using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Scoring.Features.Books;

/// <summary>
/// All books of one snapshot, opened once and read by every feature family. Opening costs a few passes over the
/// parties' contracts, holdings and ties; afterwards nothing changes, so threads may read at will.
/// </summary>
internal sealed class MarketBooks
{
    public MarketBooks(Snapshot snapshot)
    {
        Snapshot = snapshot;
        Parties = new Parties(snapshot);
        Contracts = new ContractBook(snapshot, Parties);
        Securities = new SecurityBook(snapshot);
        Holdings = new HoldingBook(snapshot, Securities);
        Events = new EventBook(snapshot);
        Records = new PublicRecordBook(snapshot);
        Accounts = new AccountsBook(snapshot);
        Stress = new StressBook(Parties, Contracts, Events, Records, Accounts);
        Means = new MeansBook(Parties, Holdings, Accounts);
        Links = new ContagionLinks(snapshot, Parties, Means, Contracts);
        Crowds = new CrowdBook(snapshot.Nodes.OfType("Security").Length, Parties, Holdings, Contracts, Stress);
        Groups = new ControlGroups(snapshot, Parties, Contracts, Stress);
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
