using GraphRisk.Server.Composition;
using GraphRisk.Server.Http;
using GraphRisk.Server.Jobs;
using GraphRisk.Server.Tests.Http;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Jobs;

public sealed class JobBookTests
{
    private JobBook book = null!;

    [SetUp]
    public void Open() => book = new JobBook(new Sealer("a key for tests only"u8), TinyServer.Clock);

    [TearDown]
    public void Close() => book.Dispose();

    [Test]
    public async Task AJobIsFoundByWhoBeganItAlone()
    {
        var job = book.Start("importFiles", ServedGraph.Regulator, (_, _) => Task.FromResult<object>("done"));
        Assert.That(await job.Ended, Is.EqualTo("done"));
        Assert.That(book.Find(job.Id, ServedGraph.Regulator), Is.SameAs(job));
        Assert.That(book.Find(job.Id, ServedGraph.Analyst), Is.Null);
        Assert.That(job.State, Is.EqualTo(JobState.Done));
    }

    [Test]
    public async Task StoppingCancelsWhatIsUnderWay()
    {
        var job = book.Start("importFiles", ServedGraph.Regulator, async (job, stop) =>
        {
            job.Start();
            await Task.Delay(Timeout.Infinite, stop);
            return "never";
        });
        await book.StopAsync(default);
        Assert.That(job.State, Is.EqualTo(JobState.Cancelled));
        Assert.That(job.Error!.Message, Does.Contain("Send the command again"));
        Assert.That(job.Result, Is.Null);
    }

    [Test]
    public async Task AFaultIsLoggedAndItsTextIsNotTold()
    {
        Exception? heard = null;
        book.OnFault = (_, fault) => heard = fault;
        var job = book.Start("importFiles", ServedGraph.Regulator, (_, _) => throw new InvalidOperationException("the password is swordfish"));
        Assert.That(async () => await job.Ended, Throws.InvalidOperationException);
        Assert.That(heard, Is.Not.Null);
        Assert.That((job.State, job.Error!.Code), Is.EqualTo((JobState.Failed, ErrorCodes.Internal)));
        Assert.That(job.Error.Message, Does.Not.Contain("swordfish"));
    }

    [Test]
    public async Task OldJobsAreForgotten()
    {
        var first = book.Start("importFiles", ServedGraph.Regulator, (_, _) => Task.FromResult<object>("done"));
        await first.Ended;
        for (var i = 0; i <= JobBook.Remembered; i++)
            await book.Start("importFiles", ServedGraph.Regulator, (_, _) => Task.FromResult<object>("done")).Ended;
        while (book.Find(first.Id, ServedGraph.Regulator) is not null) await Task.Yield();
    }
}
