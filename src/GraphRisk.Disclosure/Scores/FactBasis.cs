namespace GraphRisk.Disclosure.Scores;

/// <summary>Whose facts a figure rests on.</summary>
public enum FactBasis
{
    /// <summary>The client's own: contracts, positions, events, accounts.</summary>
    Own,

    /// <summary>Other parties': their debts, defaults, positions, devices.</summary>
    Others,

    /// <summary>Registers, courts, lists, published accounts: shown to everyone.</summary>
    Public,
}
