using System.Text;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.People;

/// <summary>What of a file of people was written.</summary>
/// <param name="Records">Rows.</param>
/// <param name="People">Persons they are about.</param>
/// <param name="Homes">Households these live in.</param>
public sealed record PeopleSummary(int Records, int People, int Homes);

/// <summary>
/// Writes a file of records about people whose truth is known, to measure record linkage by: persons live in households that share surname,
/// address and telephone, move, marry and shorten their names; offices write them down once to six times with slips and gaps, in no
/// order. The last column is the truth.
/// </summary>
public static class PeopleGenerator
{
    private const int PeopleInATown = 1_500;
    private const int MostCopies = 8;

    /// <summary>Writes the file.</summary>
    /// <param name="records">Rows to write, from 1 to 50,000,000.</param>
    /// <param name="seed">The same seed gives the same bytes.</param>
    /// <param name="output">Where the rows go.</param>
    /// <param name="progress">Told how many rows are written.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public static PeopleSummary Write(int records, ulong seed, TextWriter output, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(records, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(records, 50_000_000);
        var (copies, homes, places) = Populate(records, seed);
        var order = Shuffled(copies, records, seed);
        var towns = Math.Max(1, copies.Count / PeopleInATown);
        var row = new StringBuilder();
        output.Write(WrittenRecord.Header + "\n");
        for (var i = 0; i < order.Length; i++)
        {
            if (i % 10_000 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(i);
            }

            var person = (int)(order[i] / MostCopies);
            var resident = Resident.Draw(seed, person, homes[person], places[person], towns);
            row.Clear().Append('r').Append(i + 1).Append(',')
                .Append(WrittenRecord.Of(resident, new Draws(seed, DrawStream.PeopleRecords, order[i]))).Append(",p").Append(person + 1).Append('\n');
            output.Write(row);
        }

        return new PeopleSummary(records, copies.Count, homes[^1] + 1);
    }

    /// <summary>Of each person the number of its records, its home, and its place there.</summary>
    private static (List<byte> Copies, List<int> Homes, List<byte> Places) Populate(int records, ulong seed)
    {
        var draws = new Draws(seed, DrawStream.PeopleOrder, 0);
        var (copies, homes, places) = (new List<byte>(), new List<int>(), new List<byte>());
        for (int left = records, home = 0; left > 0; home++)
        {
            var members = draws.Chance(0.3) ? 1 : draws.Chance(0.4) ? 2 : draws.Between(3, 5);
            for (var place = 0; place < members && left > 0; place++)
            {
                var drawn = draws.Chance(0.5) ? 1 : draws.Chance(0.55) ? 2 : draws.Chance(0.6) ? 3 : draws.Between(4, 6);
                copies.Add((byte)Math.Min(drawn, left));
                homes.Add(home);
                places.Add((byte)place);
                left -= copies[^1];
            }
        }

        return (copies, homes, places);
    }

    private static long[] Shuffled(List<byte> copies, int records, ulong seed)
    {
        var order = new long[records];
        var count = 0;
        for (var person = 0; person < copies.Count; person++)
            for (var copy = 0; copy < copies[person]; copy++)
                order[count++] = ((long)person * MostCopies) + copy;
        var draws = new Draws(seed, DrawStream.PeopleOrder, 1);
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = draws.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
