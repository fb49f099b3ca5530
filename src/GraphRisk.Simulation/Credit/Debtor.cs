using GraphRisk.Simulation.Community;

namespace GraphRisk.Simulation.Credit;

/// <summary>A party that can default, and what has reached it so far.</summary>
public sealed class Debtor(Party party)
{
    private const int Never = int.MinValue / 2;
    private double guaranteePending;
    private double ownershipPending;

    public Party Party { get; } = party;

    public List<ClientRelation> Relations { get; } = [];

    public List<Account> Accounts { get; } = [];

    public List<CreditContract> Contracts { get; } = [];

    public double GuaranteeHeat { get; private set; }

    public double OwnershipHeat { get; private set; }

    public int OverdueMonth { get; set; } = Never;

    public int OutcomeMonth { get; set; } = Never;

    /// <summary>Failed outside the market; does not fail again.</summary>
    public bool Failed { get; set; }

    public IEnumerable<CreditContract> Live => Contracts.Where(c => c.IsLive);

    public bool HasLive
    {
        get
        {
            foreach (var contract in Contracts)
                if (contract.IsLive) return true;
            return false;
        }
    }

    /// <summary>The day on which the last of the accounts under a relation was closed; null while one is open or none was opened yet.</summary>
    public DateOnly? LeftOn(ClientRelation relation)
    {
        var accounts = Accounts.Where(account => account.Client == relation).ToArray();
        return accounts.Length > 0 && accounts.All(account => account.ClosedOn is not null) ? accounts.Max(account => account.ClosedOn) : null;
    }

    /// <summary>Takes effect from the next month on.</summary>
    public void HeatByGuarantee(double intensity) => guaranteePending += intensity;

    /// <inheritdoc cref="HeatByGuarantee"/>
    public void HeatByOwnership(double intensity) => ownershipPending += intensity;

    public void BeginMonth(double persistence)
    {
        GuaranteeHeat = (GuaranteeHeat * persistence) + guaranteePending;
        OwnershipHeat = (OwnershipHeat * persistence) + ownershipPending;
        guaranteePending = ownershipPending = 0;
    }
}
