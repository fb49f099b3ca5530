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
}
