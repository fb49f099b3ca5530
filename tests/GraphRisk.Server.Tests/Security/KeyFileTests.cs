using GraphRisk.Server.Security;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Security;

public class KeyFileTests
{
    private string directory = "";

    private string KeyPath => Path.Combine(directory, "keys", "token.key");

    [SetUp]
    public void MakeDirectory() => directory = Directory.CreateTempSubdirectory("graphrisk-key-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(directory, recursive: true);

    [Test]
    public void TheKeyIsMadeOnceAndReadAgain()
    {
        var made = KeyFile.LoadOrCreate(KeyPath);
        Assert.That(made, Has.Length.EqualTo(32));
        Assert.That(KeyFile.LoadOrCreate(KeyPath), Is.EqualTo(made));
    }

    [Test]
    public void ProcessesThatStartTogetherAgreeOnOneKey()
    {
        for (var round = 0; round < 200; round++)
        {
            var keys = new byte[16][];
            Parallel.For(0, keys.Length, i => keys[i] = KeyFile.LoadOrCreate($"{KeyPath}-{round}"));
            Assert.That(keys.Select(Convert.ToHexString).Distinct().Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public void OnlyItsOwnerMayReadTheKey()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip.Because("Windows has no file modes.");
            return;
        }
        KeyFile.LoadOrCreate(KeyPath);
        Assert.That(File.GetUnixFileMode(KeyPath), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.That(() => KeyFile.LoadOrCreate(KeyPath), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void AFileThatIsNoKeyIsNotUsed()
    {
        KeyFile.LoadOrCreate(KeyPath);
        File.WriteAllText(KeyPath, "short");
        Assert.That(() => KeyFile.LoadOrCreate(KeyPath), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void AKeyThatIsGoneOrAnotherThanWasMadeIsRefusedUntilBothFilesAreDeleted()
    {
        var made = KeyFile.LoadOrCreate(KeyPath);
        var flipped = made.ToArray();
        flipped[7] ^= 1;
        File.WriteAllBytes(KeyPath, flipped);
        Assert.That(() => KeyFile.LoadOrCreate(KeyPath), Throws.TypeOf<InvalidDataException>().With.Message.Contains("damaged or another"));
        File.Delete(KeyPath);
        Assert.That(() => KeyFile.LoadOrCreate(KeyPath), Throws.TypeOf<InvalidDataException>().With.Message.Contains("is gone"));
        Assert.That(File.Exists(KeyPath), Is.False, "none is made in its place");
        File.WriteAllBytes(KeyPath, made);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.That(KeyFile.LoadOrCreate(KeyPath), Is.EqualTo(made), "put back");
        File.Delete(KeyPath);
        File.Delete(KeyPath + ".check");
        Assert.That(KeyFile.LoadOrCreate(KeyPath), Is.Not.EqualTo(made), "what is gone whole is begun anew");
    }
}
