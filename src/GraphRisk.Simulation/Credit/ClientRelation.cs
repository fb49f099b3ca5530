using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.National;

namespace GraphRisk.Simulation.Credit;

/// <summary>A party as one broker's client.</summary>
/// <param name="Ordinal">0 for the broker the party came to first; later records are the sloppier ones.</param>
public sealed record ClientRelation(Party Party, Broker Broker, string ClientNo, DateOnly OpenedOn, int Ordinal);

/// <summary>Securities of one kind in an account.</summary>
public sealed class Lot(int security, long quantity)
{
    public int Security { get; } = security;

    public long Quantity { get; set; } = quantity;

    /// <summary>What the last statement said; null before the first.</summary>
    public long? Stated { get; set; }
}

public sealed class Account(ClientRelation client, string number, bool credit, DateOnly openedOn)
{
    public ClientRelation Client { get; } = client;

    public string Number { get; } = number;

    public bool Credit { get; } = credit;

    public DateOnly OpenedOn { get; } = openedOn;

    public DateOnly? ClosedOn { get; set; }

    public List<Lot> Lots { get; } = [];
}
