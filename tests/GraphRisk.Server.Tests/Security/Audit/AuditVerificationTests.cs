using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Server.Tests.Security.Audit;

/// <summary>Whatever is done to a trail is found by who keeps a head elsewhere, and the entry is named.</summary>
public class AuditVerificationTests
{
    private const int Entries = 24;
    private const int Edits = 2_500;
    private TrailFolder folder = null!;
    private Dictionary<string, byte[]> whole = null!;
    private Dictionary<string, byte[]> older = null!;
    private SealedHead elsewhere = null!;
    private List<string> lines = null!;

    [OneTimeSetUp]
    public async Task Fill()
    {
        folder = new TrailFolder();
        await folder.Append(Entries / 2);
        older = Copy();
        await folder.Append(Entries / 2, from: Entries / 2);
        whole = Copy();
        elsewhere = folder.LastHead();
        lines = [.. File.ReadAllLines(folder.Files.Trail)];
    }

    [OneTimeTearDown]
    public void Remove() => folder.Dispose();

    [SetUp]
    public void PutBack() => Write(whole);

    [Test]
    public void AWholeTrailHasNoFaults()
    {
        var report = folder.Verify(elsewhere);
        Assert.That((report.Faults, report.Head.Sequence, report.Heads, report.Unsealed), Is.EqualTo((Array.Empty<AuditFault>(), Entries, 3, 0)));
    }

    [Test]
    public void ThousandsOfRandomEditsAreFoundAndTheEntryIsNamed()
    {
        var random = new Random(11);
        for (var edit = 0; edit < Edits; edit++)
        {
            // A bit is the commonest edit and the hardest to find; the rest take turns.
            var (what, entry, kinds) = edit % 2 == 0 ? FlipABit(random) : OtherEdit(edit / 2 % 6, random);
            var report = folder.Verify(elsewhere);
            Assert.That(report.IsWhole, Is.False, what);
            Assert.That(
                report.Faults.Any(fault => kinds.Contains(fault.Kind) && (entry == 0 || (fault.From <= entry && entry <= fault.To))), Is.True,
                () => $"edit {edit}, {what}: {string.Join(" ", report.Faults.Select(fault => $"[{fault.Kind} {fault.From}-{fault.To}] {fault.Text}"))}");
            if (edit % 2 == 0) File.WriteAllBytes(folder.Files.Trail, whole[folder.Files.Trail]);
            else Write(whole);
        }
    }

    [Test]
    public void ChangingAnyByteOfAnEntryIsFoundWithoutAnyHeadElsewhere()
    {
        var bytes = whole[folder.Files.Trail];
        for (var at = 0; at < lines[0].Length; at++)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 1;
            File.WriteAllBytes(folder.Files.Trail, changed);
            Assert.That(folder.Verify().Faults.Any(fault => fault is { Kind: AuditFaultKind.Changed, From: 1 }), $"byte {at}");
        }
    }

    [Test]
    public void WithoutTheKeyTheHeadsStillTellThatSomethingWasChanged()
    {
        File.Delete(folder.Files.Key);
        Assert.That(folder.Verify(elsewhere).Faults.Select(fault => fault.Kind), Is.EqualTo(new[] { AuditFaultKind.Key }));
        File.WriteAllText(folder.Files.Trail, File.ReadAllText(folder.Files.Trail).Replace("P15", "P99", StringComparison.Ordinal));
        Assert.That(folder.Verify(elsewhere).Faults.Single(fault => fault.Kind == AuditFaultKind.Changed), Is.EqualTo(
            new AuditFault(AuditFaultKind.Changed, 13, 24, "Among entries 13 to 24 some were changed: they are not what head 3 sealed.")));
    }

    [Test]
    public void AHeadThatWasChangedOrTakenOutIsNamed()
    {
        var heads = File.ReadAllLines(folder.Files.Heads);
        File.WriteAllLines(folder.Files.Heads, [heads[0], heads[2]]);
        Assert.That(folder.Verify().Faults.Single().Text, Does.Contain("head 3 follows head 1"));
        File.WriteAllLines(folder.Files.Heads, [heads[0], heads[1].Replace("\"sequence\":12", "\"sequence\":10", StringComparison.Ordinal), heads[2]]);
        Assert.That(folder.Verify().Faults[0].Text, Does.Contain("line 2").And.Contain("head 2 is not by the key it names"));
    }

    [Test]
    public async Task ATrailMadeAnewWithKeysOfItsOwnIsNotTheOneWhoseHeadIsKept()
    {
        using var forged = new TrailFolder();
        await forged.Append(Entries, from: 1);
        var report = forged.Verify(elsewhere);
        Assert.That(report.Faults.Select(fault => fault.Kind), Does.Contain(AuditFaultKind.Head).And.Contain(AuditFaultKind.Another));
    }

    private (string What, int Entry, AuditFaultKind[] Kinds) FlipABit(Random random)
    {
        var bytes = whole[folder.Files.Trail].ToArray();
        var (at, bit) = (random.Next(bytes.Length), random.Next(8));
        bytes[at] ^= (byte)(1 << bit);
        File.WriteAllBytes(folder.Files.Trail, bytes);
        return ($"bit {bit} of byte {at}", EntryAt(at), [AuditFaultKind.Changed, AuditFaultKind.Missing]);
    }

    private (string What, int Entry, AuditFaultKind[] Kinds) OtherEdit(int kind, Random random)
    {
        var entry = random.Next(1, Entries + 1);
        switch (kind)
        {
            case 0:
                WriteLines(lines.Where((_, at) => at != entry - 1));
                return ($"line {entry} gone", entry, [AuditFaultKind.Missing]);
            case 1:
                var other = entry == Entries ? 1 : random.Next(entry + 1, Entries + 1);
                var (first, second) = (Math.Min(entry, other), Math.Max(entry, other));
                var swapped = lines.ToArray();
                (swapped[first - 1], swapped[second - 1]) = (swapped[second - 1], swapped[first - 1]);
                WriteLines(swapped);
                return ($"lines {first} and {second} swapped", first, [AuditFaultKind.Moved]);
            case 2:
                var cut = random.Next(whole[folder.Files.Trail].Length);
                File.WriteAllBytes(folder.Files.Trail, whole[folder.Files.Trail][..cut]);
                return ($"cut after {cut} bytes", EntryAt(cut), [AuditFaultKind.Missing]);
            case 3:
                File.Delete(folder.Files.Trail);
                return ("file gone", entry, [AuditFaultKind.Missing]);
            case 4:
                File.Delete(folder.Files.Key);
                return ("key gone", 0, [AuditFaultKind.Key]);
            default:
                Write(older);
                return ("older copy put back, heads and all", random.Next((Entries / 2) + 1, Entries + 1), [AuditFaultKind.Missing]);
        }
    }

    private int EntryAt(int position)
    {
        var entry = 1;
        for (var end = 0; (end += System.Text.Encoding.UTF8.GetByteCount(lines[entry - 1]) + 1) <= position;) entry++;
        return entry;
    }

    private void WriteLines(IEnumerable<string> kept) => File.WriteAllText(folder.Files.Trail, string.Concat(kept.Select(line => line + "\n")));

    private Dictionary<string, byte[]> Copy() =>
        new[] { folder.Files.Trail, folder.Files.Key, folder.Files.Heads }.ToDictionary(path => path, File.ReadAllBytes);

    private static void Write(Dictionary<string, byte[]> files)
    {
        foreach (var (path, bytes) in files)
        {
            File.WriteAllBytes(path, bytes);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
