using System.Text;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Intake.Tests.Import;

/// <summary>
/// Rows of every format, mutated at random: nothing crashes, no sound row is lost, every row that does not land as it stands is
/// named with a reason. The ordinary run is small; the explicit one mutates 200,000 rows.
/// </summary>
internal sealed class FuzzTests
{
    private const int RowsOfAFile = 400;

    private static readonly string[] Splinters =
        ["\"", "'", ",", "|", ";", "\n", "\r\n", "\0", "{", "}", "[", "\\", "\\u0000", "9999-12-31", "1E+17", "NaN", "-1", "null", "\uFEFF", "长期", "１２", "%", "乾", "\t"];

    [Test]
    public async Task MutatedRowsHarmNoOther() => Assert.That(await Mutate(2_000), Is.GreaterThanOrEqualTo(2_000));

    [Test]
    [Explicit("Two hundred thousand rows take minutes.")]
    public async Task TwoHundredThousandMutatedRowsHarmNoOther() => Assert.That(await Mutate(200_000), Is.GreaterThanOrEqualTo(200_000));

    private static async Task<int> Mutate(int least)
    {
        var (mutated, seed) = (0, 0);
        while (mutated < least)
            foreach (var file in MutatedFile.All) mutated += await MutateFile(file, seed++);
        TestContext.Progress.WriteLine($"{mutated} rows mutated in {seed} files.");
        return mutated;
    }

    private static async Task<int> MutateFile(MutatedFile file, int seed)
    {
        var random = new Random(seed);
        var first = random.Next(1_000_000);
        var sound = Enumerable.Range(0, RowsOfAFile).Select(row => file.Encoding.GetBytes(file.Row(MutatedFile.KeyOf(first + row), "王小明", (100_000 + (row * 37)).ToString(System.Globalization.CultureInfo.InvariantCulture)))).ToList();
        var chosen = Enumerable.Range(0, RowsOfAFile).Where(_ => random.Next(4) != 0).ToHashSet();
        var rows = sound.Select((row, i) => chosen.Contains(i) ? Mutated(row, file.Encoding, random) : row).ToList();
        using var clean = new ImportBench();
        clean.Write(file.Path, file.Assemble(sound));
        await clean.Import();
        using var bench = new ImportBench();
        bench.Write(file.Path, file.Assemble(rows));
        var report = (await bench.Import()).Files.Single();
        var keys = chosen.Select(row => MutatedFile.KeyOf(first + row)).ToList();
        bool IsMutated(Fact fact) => keys.Exists(key => fact.Provenance.RecordKey.Contains(key, StringComparison.Ordinal));
        var lost = clean.Store.Facts.Where(fact => !IsMutated(fact)).Except(bench.Store.Facts).ToList();
        Assert.That(lost, Is.Empty, $"{file.Name}, seed {seed}: a sound row is lost");
        Assert.That(report.Rows, Is.EqualTo(report.Landed + report.Repeated + report.Ignored.Values.Sum() + report.Quarantined), $"{file.Name}, seed {seed}");
        var named = bench.Quarantine.List();
        Assert.That(named, Has.Count.EqualTo(report.Quarantined + report.Flagged), $"{file.Name}, seed {seed}");
        Assert.That(named.Select(entry => entry.Reason), Is.All.Not.Empty);
        return chosen.Count;
    }

    private static byte[] Mutated(byte[] row, Encoding encoding, Random random)
    {
        var bytes = row.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when bytes.Count > 4:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at - 1));
                    break;
                case 2:
                    bytes.InsertRange(at, encoding.GetBytes(Splinters[random.Next(Splinters.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 12), bytes.Count - at)));
                    break;
                case 4:
                    (bytes[at], bytes[^1]) = (bytes[^1], bytes[at]);
                    break;
                default:
                    bytes.InsertRange(at, encoding.GetBytes(new string((char)random.Next('0', 'z'), random.Next(1, 2_000))));
                    break;
            }
        }

        return [.. bytes];
    }
}
