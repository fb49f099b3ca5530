using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Import;

namespace GraphRisk.Intake.Tests.Import;

/// <summary>Damaged rows of every source format: the good rows land as if nothing were wrong, the bad go to quarantine, nothing crashes.</summary>
[TestFixtureSource(typeof(MutatedFile), nameof(MutatedFile.All))]
internal sealed class PoisonedImportTests(MutatedFile file)
{
    private const int Seeds = 12;
    private const string Letters = "王小明";

    private IReadOnlyList<Fact> clean = [];
    private long cleanRows;

    [OneTimeSetUp]
    public async Task ImportTheSoundFile()
    {
        using var bench = new ImportBench();
        bench.Write(file.Path, file.Assemble(Enumerable.Range(0, MutatedFile.Rows).Select(row => file.Encoding.GetBytes(file.Sound(row)))));
        var report = (await bench.Import()).Files.Single();
        Assert.That(bench.Quarantine.List().Select(entry => $"{entry.Line} {entry.Field} {entry.Reason}"), Is.Empty);
        cleanRows = report.Rows;
        clean = bench.Store.Facts;
        Assert.That(clean, Has.Count.GreaterThanOrEqualTo(MutatedFile.Rows));
    }

    [Test]
    public async Task FlippedBitsHarmNoOtherRow()
    {
        for (var seed = 0; seed < Seeds * 3; seed++)
        {
            var random = new Random(seed);
            await ImportDamaged(seed, 6, (_, row) =>
            {
                row[random.Next(row.Length)] ^= (byte)(1 << random.Next(8));
                return row;
            });
        }
    }

    [Test]
    public async Task RowsCutOffHarmNoOtherRow()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            await ImportDamaged(seed, 6, (_, row) => row[..random.Next(1, row.Length)]);
        }
    }

    [Test]
    public async Task AWordWhereANumberIsExpectedIsBrokenOrLeftOut()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            if (file.Path.Contains("clients", StringComparison.Ordinal)) return;
            var (report, broken) = await ImportDamaged(seed, 5, (row, _) => file.Encoding.GetBytes(file.Row(MutatedFile.KeyOf(row), Letters, "x9y8z")));
            Assert.That(broken, Is.EqualTo(5));
            Assert.That(report.Rows, Is.EqualTo(cleanRows));
        }
    }

    [Test]
    public async Task ARowInTheOtherEncodingIsBroken()
    {
        var other = file.Encoding is UTF8Encoding ? CodePagesEncodingProvider.Instance.GetEncoding("GB18030")! : new UTF8Encoding(false);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var (report, broken) = await ImportDamaged(seed, 5, (row, _) => other.GetBytes(file.Sound(row)));
            Assert.That(broken, Is.EqualTo(5 * RowsPerRow), "the decoder's complaint is the reason");
            Assert.That(report.Rows, Is.EqualTo(cleanRows));
        }
    }

    [Test]
    public async Task TheWholeFileInTheOtherEncodingIsReadAllTheSame()
    {
        using var bench = new ImportBench();
        var other = file.Encoding is UTF8Encoding ? CodePagesEncodingProvider.Instance.GetEncoding("GB18030")! : new UTF8Encoding(false);
        var text = file.Header + string.Join(file.Between, Enumerable.Range(0, MutatedFile.Rows).Select(file.Sound)) + file.Footer;
        bench.Write(file.Path, other.GetBytes(text));
        await bench.Import();
        Assert.That(bench.Quarantine.List(), Is.Empty);
        Assert.That(bench.Store.Facts, Is.EqualTo(clean));
    }

    [Test]
    public async Task ASecondRowOfAKeyThatSaysSomethingElseIsBroken()
    {
        var rowsHaveKeys = file.Name != "FinBench"; // transfers have none: whatever two of them share, both happened
        for (var seed = 0; seed < Seeds; seed++)
        {
            var (_, broken) = await ImportDamaged(seed, 5, (row, _) => file.Encoding.GetBytes(file.Row(MutatedFile.KeyOf(0), Letters + "二", "56789")), from: 1);
            Assert.That(broken, Is.EqualTo(rowsHaveKeys ? 5 * RowsPerRow : 0));
        }
    }

    [Test]
    public async Task AFieldOfTenMegabytesIsBrokenAndNotKept()
    {
        var (_, broken) = await ImportDamaged(
            1, 2, (row, _) => file.Encoding.GetBytes(file.Row(MutatedFile.KeyOf(row), new string('大', 10 * 1024 * 1024 / 3), "55555")),
            entry => Assert.That(entry.Raw, Has.Length.LessThanOrEqualTo(4096)));
        Assert.That(broken, Is.EqualTo(2 * RowsPerRow));
    }

    [Test]
    public async Task ADamagedBeginningIsNeverACrashAndNeverHalfAFile()
    {
        var rows = Enumerable.Range(0, MutatedFile.Rows).Select(row => file.Encoding.GetBytes(file.Sound(row))).ToList();
        for (var seed = 0; seed < Seeds; seed++)
        {
            if (file.Header.Length < 10) return;
            var random = new Random(seed);
            var bytes = file.Assemble(rows);
            bytes[random.Next(file.Encoding.GetByteCount(file.Header) - 1)] ^= (byte)(1 << random.Next(8));
            using var bench = new ImportBench();
            bench.Write(file.Path, bytes);
            var report = (await bench.Import()).Files.Single();
            if (report.Reason is null) Assert.That(report.Landed + report.Quarantined, Is.EqualTo(report.Rows), $"seed {seed}");
            else Assert.That(bench.Quarantine.List().Single().WholeFile, Is.True, $"seed {seed}");
        }
    }

    /// <summary>A row of the FollowTheMoney file is three entities, of which two have the name.</summary>
    private int RowsPerRow => file.Name == "FollowTheMoney" ? 2 : 1;

    private async Task<(FileReport Report, int Broken)> ImportDamaged(
        int seed, int count, Func<int, byte[], byte[]> damage, Action<GraphRisk.Intake.Import.Quarantine.QuarantineEntry>? check = null, int from = 0)
    {
        var damaged = Enumerable.Range(from, MutatedFile.Rows - from).OrderBy(row => new Random((seed * 1000) + row).Next()).Take(count).ToHashSet();
        using var bench = new ImportBench();
        bench.Write(file.Path, file.Assemble(Enumerable.Range(0, MutatedFile.Rows).Select(row =>
        {
            var sound = file.Encoding.GetBytes(file.Sound(row));
            return damaged.Contains(row) ? damage(row, sound) : sound;
        })));
        var report = (await bench.Import()).Files.Single();
        var found = bench.Quarantine.List();
        var quarantined = found.Where(entry => !entry.Landed).ToList();
        Assert.That(found, Has.Count.EqualTo(report.Quarantined + report.Flagged), $"seed {seed}");
        Assert.That(report.Rows, Is.EqualTo(report.Landed + report.Repeated + report.Ignored.Values.Sum() + report.Quarantined), $"seed {seed}");
        Assert.That(quarantined, Has.Count.EqualTo(report.Quarantined), $"seed {seed}");
        Assert.That(found.Select(entry => entry.Reason), Is.All.Not.Empty);
        var keys = damaged.Select(MutatedFile.KeyOf).ToList();
        var expected = clean.Where(fact => !keys.Exists(key => fact.Provenance.RecordKey.Contains(key, StringComparison.Ordinal))).ToList();
        Assert.That(expected.Except(bench.Store.Facts), Is.Empty, $"seed {seed}: {string.Join("; ", quarantined.Select(entry => $"{entry.Line} {entry.Field} {entry.Reason}"))}");
        if (check is not null) foreach (var entry in quarantined) check(entry);
        return (report, found.Count);
    }
}
