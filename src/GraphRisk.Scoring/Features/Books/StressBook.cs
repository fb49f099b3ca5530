using GraphRisk.Scoring.Features.Reading;

namespace GraphRisk.Scoring.Features.Books;

/// <summary>
/// How troubled each party is by what can be seen of it alone: the charge that contagion features carry along the links.
///
/// Two measures in [0, 1] per party. Heat: a default, a forced liquidation, or an entry as dishonest debtor or under
/// enforcement (how a default outside securities financing becomes known) lately, fading by half every
/// <see cref="HalfLife"/> days; 0 without one. Stress: heat and the signs of <see cref="Signs"/> together, as the chance
/// that at least one of independent alarms is true: 1 - product of (1 - alarm). A party nobody reports on has stress 0.
/// Neither looks at any neighbour, so a client's own trouble never comes back to it as contagion.
/// </summary>
internal sealed class StressBook
{
    private const double HalfLife = 90;

    public StressBook(Parties parties, ContractBook contracts, EventBook events, PublicRecordBook records, AccountsBook accounts)
    {
        Heat = new float[parties.Count];
        Stress = new float[parties.Count];
        for (var party = 0; party < parties.Count; party++)
        {
            var node = parties.NodeOf(party);
            var history = events.Read(node);
            var record = records.Read(node);
            Heat[party] = (float)HeatOf(Numbers.Least(history.DaysSinceDefault, record.DaysSinceEntry));
            var signs = new Sight(
                contracts.WorstToClose[party], contracts.Overdue[party], history, record,
                parties.IsCompany(party) ? accounts.Read(parties.RowOf(party)) : PublishedAccounts.None);
            var calm = 1.0 - Heat[party];
            foreach (var sign in Signs)
                calm *= 1 - sign(signs);
            Stress[party] = (float)(1 - calm);
        }
    }

    public float[] Heat { get; }

    public float[] Stress { get; }

    private readonly record struct Sight(
        double WorstToClose, bool IsOverdue, EventHistory Events, PublicRecord Record, PublishedAccounts Accounts);

    /// <summary>The alarms, each in [0, 1).</summary>
    private static readonly Func<Sight, double>[] Signs =
    [
        // Collateral: half at the closing line, nothing from 60% above it on.
        sight => double.IsNaN(sight.WorstToClose) ? 0 : 0.5 * Math.Clamp(1 - sight.WorstToClose / 0.6, 0, 1),
        sight => sight.IsOverdue ? 0.4 : 0,
        sight => sight.Events.DaysSinceOverdue < 183 ? 0.2 : 0,
        sight => sight.Record.DishonestEntries > 0 ? 0.4 : 0,
        sight => sight.Record.OtherEntries > 0 ? 0.2 : 0,
        // Accounts: from liabilities of 80% of assets up to 30% at insolvency.
        sight => 0.3 * Math.Clamp((Numbers.OrZero(Numbers.Ratio(sight.Accounts.Liabilities, sight.Accounts.Assets)) - 0.8) / 0.2, 0, 1),
    ];

    private static double HeatOf(double daysSinceDefault) =>
        double.IsNaN(daysSinceDefault) ? 0 : Math.Pow(0.5, daysSinceDefault / HalfLife);
}
