namespace GraphRisk.Simulation.Community;

/// <summary>A period of days; the end is excluded, null means open.</summary>
public readonly record struct Period(DateOnly From, DateOnly? To)
{
    public bool Contains(DateOnly day) => From <= day && (To is null || day < To);
}

/// <summary>A stake in a company's capital and votes.</summary>
/// <param name="Share">Parts of <see cref="Whole"/>: integers, so that a company's holders sum to exactly the whole.</param>
/// <param name="Votes">Parts of <see cref="Whole"/>; differs from the share where the articles say so.</param>
public sealed record Shareholding(Party Holder, Company Company, int Share, int Votes, Period Valid)
{
    public const int Whole = 1_000_000;
}

public sealed record Office(Person Person, Company Company, string Position, Period Valid);

/// <summary>The guarantor pays when the debtor does not.</summary>
public sealed record Guarantee(Party Guarantor, Party Debtor, double Amount, bool Joint, Period Valid);

/// <summary>Parties that have agreed to vote together in a company.</summary>
public sealed record Concert(IReadOnlyList<Party> Parties, Company Company, Period Valid);

/// <summary>A device that several clients log in from.</summary>
public sealed record SharedDevice(string Id, IReadOnlyList<Party> Users);
