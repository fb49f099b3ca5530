using GraphRisk.Simulation.Community;

namespace GraphRisk.Simulation.Credit;

/// <summary>A party that can default, and what has reached it so far.</summary>
public sealed class Debtor(Party party)
{
    private const int Never = int.MinValue / 2;

    public Party Party { get; } = party;

    public List<ClientRelation> Relations { get; } = [];

    public List<Account> Accounts { get; } = [];

    public List<CreditContract> Contracts { get; } = [];

    public NeighbourIntensity GuaranteeIntensity { get; } = new();

    public NeighbourIntensity OwnershipIntensity { get; } = new();

    public int OverdueMonth { get; set; } = Never;

    /// <summary>The day of the last default.</summary>
    public DateOnly? FailedOn { get; set; }

    /// <summary>The month in which the last default was settled.</summary>
    public int SettledMonth { get; set; } = Never;

    /// <summary>A debt was written off: nobody lends to it again.</summary>
    public bool Barred { get; set; }

    /// <summary>Failed outside the market; does not fail again.</summary>
    public bool Failed { get; set; }

    /// <summary>The contract it has, if any: a client has one at a time.</summary>
    public CreditContract? Live
    {
        get
        {
            foreach (var contract in Contracts)
                if (contract.IsLive) return contract;
            return null;
        }
    }

    public bool InDisposal
    {
        get
        {
            foreach (var contract in Contracts)
                if (contract.InDisposal) return true;
            return false;
        }
    }

    /// <summary>The day on which the last of the accounts under a relation was closed; null while one is open or none was opened yet.</summary>
    public DateOnly? LeftOn(ClientRelation relation)
    {
        var accounts = Accounts.Where(account => account.Client == relation).ToArray();
        return accounts.Length > 0 && accounts.All(account => account.ClosedOn is not null) ? accounts.Max(account => account.ClosedOn) : null;
    }
}
