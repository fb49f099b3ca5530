using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Credit;

/// <summary>
/// Has clients authorise the brokers they borrow from. A contract carries the score for admission and monitoring, more often a
/// margin contract than a loan; a part of the clients sign a letter that opens their facts too. Terms run out and are mostly
/// renewed the day after; a few are taken back; some clients never give one.
/// </summary>
public sealed class AuthorisationDesk(DateOnly lastDay, Draws draws)
{
    private const double GivenWithMargin = 0.9;
    private const double GivenWithLoan = 0.6;
    private const double WithLetter = 0.25;
    private const double Renewed = 0.6;
    private const double TakenBack = 0.05;
    private const string Letter = "信息查询授权书";

    /// <summary>Whole years an authorisation runs; 0 for no agreed end.</summary>
    private static readonly WeightedTable<int> Terms = new([(0, 0.35), (1, 0.2), (3, 0.45)]);

    /// <summary>What a client gave the brokers it borrowed from, oldest first for each of them; nothing is given after the last day.</summary>
    public IEnumerable<GivenAuthorisation> Of(Debtor client)
    {
        foreach (var contracts in client.Contracts.GroupBy(contract => contract.Account.Client))
        {
            var first = contracts.MinBy(contract => contract.OpenedOn)!;
            var given = contracts.Any(contract => contract.Kind == ContractKind.Margin) ? GivenWithMargin : GivenWithLoan;
            if (!draws.Chance(given)) continue;
            string[] purposes = draws.Chance(0.8) ? ["kyc", "admission", "monitoring"] : ["admission", "monitoring"];
            foreach (var one in Run(new GivenAuthorisation(contracts.Key, false, purposes, first.OpenedOn, null, null, first.Number))) yield return one;
            if (!draws.Chance(WithLetter)) continue;
            var signedOn = first.OpenedOn.AddDays(draws.Between(0, 60));
            foreach (var one in Run(new GivenAuthorisation(contracts.Key, true, ["admission", "default-disposal"], signedOn, null, null, Letter))) yield return one;
        }
    }

    /// <summary>One authorisation and its renewals up to the last day.</summary>
    private IEnumerable<GivenAuthorisation> Run(GivenAuthorisation begun)
    {
        for (var next = begun; next.GivenOn <= lastDay;)
        {
            var years = Terms.Pick(draws);
            var expiresOn = years == 0 ? (DateOnly?)null : next.GivenOn.AddYears(years).AddDays(-1);
            var over = expiresOn < lastDay ? expiresOn.Value : lastDay;
            var withdrawnOn = draws.Chance(TakenBack) ? next.GivenOn.AddDays(draws.Below(over.DayNumber - next.GivenOn.DayNumber + 1)) : (DateOnly?)null;
            yield return next with { ExpiresOn = expiresOn, WithdrawnOn = withdrawnOn };
            if (withdrawnOn is not null || expiresOn is null || !draws.Chance(Renewed)) yield break;
            next = next with { GivenOn = expiresOn.Value.AddDays(1) };
        }
    }
}
