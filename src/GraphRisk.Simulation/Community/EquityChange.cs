namespace GraphRisk.Simulation.Community;

/// <summary>
/// Transfers of capital within the history: two holders' rows of a company end on a day and begin anew with a part moved
/// from one to the other. Sums stay exact.
/// </summary>
public static class EquityChange
{
    private const double PartOfCompanies = 0.10;

    public static void AddAll(CommunityBuilder builder)
    {
        var draws = builder.Shape;
        var all = builder.Community.Shareholdings;
        var byCompany = Enumerable.Range(0, all.Count).GroupBy(i => all[i].Company).Where(g => g.Count() > 1).Select(g => g.ToArray()).ToArray();
        foreach (var rows in byCompany)
        {
            if (!draws.Chance(PartOfCompanies)) continue;
            var (giver, taker) = (rows[0], rows[^1]);
            var day = builder.DayWithin();
            if (all[giver].Valid.From >= day || all[taker].Valid.From >= day) continue;
            var moved = all[giver].Share / 4 / 10_000 * 10_000;
            if (moved == 0) continue;
            Move(all, giver, -moved, day);
            Move(all, taker, moved, day);
        }
    }

    private static void Move(List<Shareholding> all, int row, int moved, DateOnly day)
    {
        var old = all[row];
        all[row] = old with { Valid = old.Valid with { To = day } };
        all.Add(old with { Share = old.Share + moved, Votes = old.Votes + moved, Valid = new Period(day, null) });
    }
}
