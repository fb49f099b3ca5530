using GraphRisk.Simulation.Names;

namespace GraphRisk.Simulation.Community;

/// <summary>An invented party: the truth that sources know in parts.</summary>
public abstract class Party(long serial)
{
    public long Serial { get; } = serial;

    /// <summary>Name of the party in the truth files.</summary>
    public string Entity => Serials.Entity(Serial);

    /// <summary>Has at least one broker.</summary>
    public bool IsClient { get; init; }

    public required Place Place { get; init; }

    public required string Address { get; set; }

    public required string Phone { get; set; }

    /// <summary>What the party can raise when called upon, yuan.</summary>
    public required double Means { get; set; }

    /// <summary>Own trouble that no source states, standard normal; shows only in what happens.</summary>
    public required double Frailty { get; init; }

    /// <summary>Ready to trade on credit.</summary>
    public bool Borrows { get; set; }

    /// <summary>The securities a circle of traders buys together; empty: own choice.</summary>
    public IReadOnlyList<int> Favourites { get; set; } = [];

    public abstract string DisplayName { get; }
}

public sealed class Person(long serial, PersonName name, ResidentId id) : Party(serial)
{
    public PersonName Name { get; } = name;

    /// <summary>The name before a change, which some brokers still have.</summary>
    public PersonName? FormerName { get; init; }

    public ResidentId Id { get; } = id;

    public override string DisplayName => Name.Simplified;
}

public sealed class Company(long serial, CompanyName name, string creditCode) : Party(serial)
{
    public CompanyName Name { get; } = name;

    public CompanyName? FormerName { get; init; }

    public DateOnly? RenamedOn { get; init; }

    public string CreditCode { get; } = creditCode;

    public required string Industry { get; init; }

    public required double RegisteredCapital { get; init; }

    public required DateOnly Established { get; init; }

    /// <summary>Yearly accounts, oldest first; empty for those that publish none.</summary>
    public IReadOnlyList<YearlyAccounts> Accounts { get; init; } = [];

    /// <summary>Owes banks outside the market, so that it can fail without being anybody's client.</summary>
    public bool OwesOutside { get; init; }

    /// <summary>A listed company, which the national layer publishes; a community only holds stakes in it.</summary>
    public int? IssuerIndex { get; init; }

    public override string DisplayName => Name.Simplified;

    /// <summary>
    /// How weak the accounts published by that day are, about standard normal: high liabilities and losses; 0 without accounts.
    /// </summary>
    public double WeaknessKnownOn(DateOnly date)
    {
        for (var i = Accounts.Count - 1; i >= 0; i--)
            if (Accounts[i].PublishedOn <= date) return Accounts[i].Weakness;
        return 0;
    }
}

/// <summary>A year's accounts; amounts in yuan.</summary>
public sealed record YearlyAccounts(
    DateOnly PeriodEnd,
    DateOnly PublishedOn,
    double TotalAssets,
    double TotalLiabilities,
    double Revenue,
    double NetProfit,
    double OperatingCashFlow)
{
    public double Weakness =>
        (((TotalLiabilities / TotalAssets) - 0.58) / 0.17 * 0.7) - (((NetProfit / TotalAssets) - 0.03) / 0.05 * 0.7);
}
