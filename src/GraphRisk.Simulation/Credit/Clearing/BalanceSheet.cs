using GraphRisk.Simulation.Community;

namespace GraphRisk.Simulation.Credit.Clearing;

/// <summary>A loss of a party and whose doing it was.</summary>
/// <param name="From">The neighbour that failed; null for own losses and for what forced sales of strangers did to prices.</param>
/// <param name="FailedOn">Null where it fails in the very month of the loss.</param>
/// <param name="Month">In which it is felt.</param>
/// <param name="Cash">What must be paid.</param>
/// <param name="Worth">What is lost in all, paid or written off; at least the cash where that is not owed anyhow.</param>
public sealed record Loss(Cause Cause, Party? From, DateOnly? FailedOn, int Month, double Cash, double Worth);

/// <summary>What a party owns and what it has lost lately. Amounts in yuan.</summary>
public sealed class BalanceSheet(double reserve, double worth)
{
    private readonly List<Loss> recent = [];
    private readonly List<Loss> coming = [];
    private readonly double fullWorth = worth;

    /// <summary>Liquid means when nothing has happened for long.</summary>
    public double Reserve { get; private set; } = reserve;

    public double Liquid { get; set; } = reserve;

    /// <summary>Assets less liabilities; below zero it is insolvent.</summary>
    public double Worth { get; private set; } = worth;

    /// <summary>The contract whose own money is counted.</summary>
    public CreditContract? Contract { get; private set; }

    /// <summary>In default: pays nobody and is not paid until it borrows again.</summary>
    public bool Failed { get; set; }

    public IReadOnlyList<Loss> Recent => recent;

    /// <summary>A new contract: the client's other securities back it; one that had failed begins anew.</summary>
    public void Begin(CreditContract contract, double freeSecurities)
    {
        if (Failed)
        {
            (Failed, Liquid, Worth) = (false, Reserve, fullWorth);
            recent.Clear();
        }

        Contract = contract;
        Reserve += freeSecurities;
        Liquid += freeSecurities;
        Worth += freeSecurities;
    }

    /// <summary>A loss that falls due in a later month.</summary>
    public void Expect(Loss loss) => coming.Add(loss);

    /// <summary>Takes in the month's income and the losses due; forgets old ones. Returns the cash these losses ask for.</summary>
    public double BeginMonth(int month, double income, int memory)
    {
        Liquid += Math.Min(Math.Max(0, Reserve - Liquid), income);
        Worth = Math.Min(Math.Max(Worth, fullWorth), Worth + income);
        recent.RemoveAll(l => l.Month < month - memory);
        var cash = 0.0;
        for (var i = 0; i < coming.Count; i++)
        {
            if (coming[i].Month > month) continue;
            cash += coming[i].Cash;
            Take(coming[i]);
        }

        coming.RemoveAll(l => l.Month <= month);
        return cash;
    }

    public void Take(Loss loss)
    {
        recent.Add(loss);
        Worth -= loss.Worth;
    }
}
