namespace GraphRisk.Simulation.Community;

/// <summary>
/// Some thousand parties and the ties among them. No tie leaves a community, which is what lets the market be made,
/// simulated and forgotten one community after another.
/// </summary>
public sealed class MarketCommunity(int index)
{
    public int Index { get; } = index;

    public List<Person> Persons { get; } = [];

    public List<Company> Companies { get; } = [];

    public List<Shareholding> Shareholdings { get; } = [];

    public List<Office> Offices { get; } = [];

    public List<Guarantee> Guarantees { get; } = [];

    public List<Concert> Concerts { get; } = [];

    public List<SharedDevice> Devices { get; } = [];

    public IEnumerable<Party> Parties => Persons.Cast<Party>().Concat(Companies);

    public IEnumerable<Party> Clients => Parties.Where(p => p.IsClient);
}
