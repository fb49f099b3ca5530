using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Credit.Clearing;

/// <summary>
/// What a failure costs the neighbours in the months after: banks call the guarantors, and call back what a failed guarantor stood
/// for; holders write off stakes and claims, companies their deposits, and banks cut the lines secured by them.
/// Ties count as they are on the day of the failure.
/// </summary>
public sealed class Fallout
{
    private readonly ClearingParameters parameters;
    private readonly Func<Party, BalanceSheet?> sheetOf;
    private readonly ILookup<Party, Guarantee> given;
    private readonly ILookup<Party, Guarantee> received;
    private readonly ILookup<Party, Shareholding> holders;
    private readonly ILookup<Party, Claim> claims;
    private readonly Draws draws;

    /// <param name="sheetOf">Null for a party without debts, which no loss can fell.</param>
    public Fallout(ClearingParameters parameters, MarketCommunity community, Func<Party, BalanceSheet?> sheetOf, IEnumerable<Claim> claims, Draws draws)
    {
        (this.parameters, this.sheetOf, this.draws) = (parameters, sheetOf, draws);
        given = community.Guarantees.ToLookup(g => g.Guarantor);
        received = community.Guarantees.ToLookup(g => g.Debtor);
        holders = community.Shareholdings.ToLookup(s => (Party)s.Company);
        this.claims = claims.ToLookup(c => c.Debtor);
    }

    public void Of(Party failed, DateOnly day, int month)
    {
        var lost = 1 - draws.Between(parameters.LeastRecovery, parameters.MostRecovery);
        foreach (var g in received[failed].Where(g => g.Valid.Contains(day)))
        {
            var called = g.Amount * lost * (g.Joint ? 1 : parameters.Subsidiary);
            Lay(g.Guarantor, new Loss(Cause.Guarantee, failed, day, month + draws.Between(1, parameters.LatestCall), called, called));
        }

        foreach (var g in given[failed].Where(g => g.Valid.Contains(day)))
            Lay(g.Debtor, new Loss(Cause.Guarantee, failed, day, month + 1, g.Amount * parameters.Unsecured, 0));
        foreach (var s in holders[failed].Where(s => s.Valid.Contains(day)))
            WriteOff(s.Holder, failed, day, month, failed.Means * s.Share / Shareholding.Whole);
        foreach (var c in claims[failed].Where(c => c.Valid.Contains(day)))
            WriteOff(c.Creditor, failed, day, month, c.Amount * lost);
    }

    private void WriteOff(Party creditor, Party failed, DateOnly day, int month, double worth) =>
        Lay(creditor, new Loss(Cause.Ownership, failed, day, month + draws.Between(1, 2), worth * parameters.LinesCut, worth));

    private void Lay(Party party, Loss loss) => sheetOf(party)?.Expect(loss);
}
