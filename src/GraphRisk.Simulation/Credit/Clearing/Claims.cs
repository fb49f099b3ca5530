using GraphRisk.Simulation.Community;

namespace GraphRisk.Simulation.Credit.Clearing;

/// <summary>What one party owes another because of a stake, as long as it lasts.</summary>
/// <param name="Amount">Outstanding, yuan.</param>
public sealed record Claim(Party Debtor, Party Creditor, double Amount, Period Valid);

/// <summary>
/// The claims that go with stakes: holders lend to their companies, and companies leave cash with the holder that has the
/// majority. They are in no register; the stakes are.
/// </summary>
public static class Claims
{
    /// <summary>Stakes below a twentieth go with no claim; listed companies borrow elsewhere.</summary>
    private const int Least = Shareholding.Whole / 20;

    /// <param name="borrows">Whether a party can have debts at all.</param>
    public static IEnumerable<Claim> Of(ClearingParameters parameters, MarketCommunity community, Func<Party, bool> borrows)
    {
        foreach (var s in community.Shareholdings)
        {
            if (s.Share < Least || !borrows(s.Holder) || !borrows(s.Company)) continue;
            var share = (double)s.Share / Shareholding.Whole;
            yield return new Claim(s.Company, s.Holder, parameters.HolderLoan * share * s.Company.Means, s.Valid);
            if (share > 0.5) yield return new Claim(s.Holder, s.Company, parameters.Deposit * share * s.Company.Means, s.Valid);
        }
    }
}
