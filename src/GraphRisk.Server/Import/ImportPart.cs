using System.Security.Cryptography;
using System.Text;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Resolution;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Jobs;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Import;

/// <summary>
/// Imports files of one folder of the server, or records sent inline under the name their source's file would have, which
/// decides how they are read. What is broken goes to quarantine, the rest lands; then clients are resolved anew. An import is a
/// job: the answer waits for it a little while and then gives its id.
/// </summary>
internal sealed class ImportPart(GraphSession session, ImportDependencies? dependencies, Resolver resolver, WriteGate gate, JobBook jobs) : ISchemaPart
{
    private static readonly FieldAccess Command = FieldAccess.Commands(Act.Import);

    private static QueryArgument Resolve => TypeExpression.Argument("resolve", "Boolean", "Resolve clients anew afterwards; true where not given.");

    public void AddTo(SchemaParts parts)
    {
        AddTypes(parts);
        parts.Mutation.AddField(Fields.Resolved(
            "importFiles", "ImportPayload", Command, "Imports files or folders of the server's import folder. Importing a file twice changes nothing.",
            context => ImportAsync(context, folder => new Delivered([.. context.GetArgument<List<string>>("paths").Select(path => Inside(folder, "paths", path))], null)),
            TypeExpression.Argument("paths", "[String!]!", "Paths below the import folder."), Resolve));
        parts.Mutation.AddField(Fields.Resolved(
            "importRecords", "ImportPayload", Command, "Imports records sent inline: CSV with a header line, or NDJSON. Sending them twice changes nothing.",
            context => ImportAsync(context, folder => Inline(context, folder)),
            TypeExpression.Argument("file", "String!", "Name the file of the source has, such as brokers/B001/clients.csv; it decides how the records are read."),
            TypeExpression.Argument("mapping", "String", "Name of the mapping that must apply; refused where the file's name leads to another."),
            TypeExpression.Argument("text", "String!", "The records."), Resolve));
    }

    private static void AddTypes(SchemaParts parts)
    {
        var counts = FieldAccess.Aggregates(Sensitivity.Public);
        parts.Types.Add(Fields.Object(
            "ImportPayload", "What an import did; but for the job, null where it goes on.",
            Fields.Of<Job>("job", "Job!", FieldAccess.Structure, "The job, to ask for again where it goes on.", job => job),
            Done("files", "[ImportedFile!]", FieldAccess.Structure, "File by file.", import => import.Report.Files),
            Done("asserted", "Long", counts, "Facts that are newly known or have new content.", import => import.Report.Asserted),
            Done("quarantined", "Long", counts, "Records in quarantine.", import => import.Report.Quarantined),
            Done("judged", "Boolean", FieldAccess.Structure, "Clients were resolved anew.", import => import.Resolved),
            Done("stamp", "Stamp", FieldAccess.Structure, "The store after it.", import => import.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "ImportResult", "What an import did.",
            Fields.Of<ImportOf>("files", "[ImportedFile!]!", FieldAccess.Structure, "File by file.", import => import.Report.Files),
            Fields.Of<ImportOf>("asserted", "Long!", counts, "Facts that are newly known or have new content.", import => import.Report.Asserted),
            Fields.Of<ImportOf>("quarantined", "Long!", counts, "Records in quarantine.", import => import.Report.Quarantined),
            Fields.Of<ImportOf>("judged", "Boolean!", FieldAccess.Structure, "Clients were resolved anew.", import => import.Resolved),
            Fields.Of<ImportOf>("stamp", "Stamp!", FieldAccess.Structure, "The store after it.", import => import.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "ImportedFile", "What became of one file. Every record is landed, repeated, ignored or in quarantine.",
            Fields.Of<FileReport>("mapping", "String", counts, "Mapping or format by which it was read; null where it was passed over.", file => file.Mapping),
            Fields.Of<FileReport>("source", "String", counts, "Name of the source.", file => file.Source),
            Fields.Of<FileReport>("rows", "Long!", counts, "Records read.", file => file.Rows),
            Fields.Of<FileReport>("landed", "Long!", counts, "Records whose facts landed.", file => file.Landed),
            Fields.Of<FileReport>("repeated", "Long!", counts, "Records the file had stated before, word by word.", file => file.Repeated),
            Fields.Of<FileReport>("ignored", "Long!", counts, "Records that say nothing the graph holds.", file => file.Ignored.Values.Sum()),
            Fields.Of<FileReport>("quarantined", "Long!", counts, "Records in quarantine; 1 where the file as a whole is.", file => file.Quarantined),
            Fields.Of<FileReport>("flagged", "Long!", counts, "Records that landed without a value that could not be read, or though they contradict themselves.", file => file.Flagged),
            Fields.Of<FileReport>("asserted", "Long!", counts, "Facts that are newly known or have new content.", file => file.Asserted),
            Fields.Of<FileReport>("unchanged", "Boolean!", counts, "It had been imported before.", file => file.Unchanged),
            Fields.Of<FileReport>("reason", "String", counts, "Why it was passed over or put in quarantine.", file => file.Reason)));
    }

    private static FieldType Done(string name, string type, FieldAccess access, string description, Func<ImportOf, object?> read) =>
        Fields.Of<Job>(name, type, access, description, job => job.Result is ImportOf import ? read(import) : null);

    private async ValueTask<object?> ImportAsync(IResolveFieldContext context, Func<string, Delivered> find)
    {
        var (mappings, quarantine, folder) = dependencies ?? throw Problem.Unavailable("import folder");
        var delivered = find(folder);
        var resolve = context.GetArgument<bool?>("resolve") ?? true;
        var viewer = context.Viewer();
        var job = jobs.Start(context.FieldDefinition.Name, viewer, (job, stop) => RunAsync(job, viewer, delivered, resolve, new Importer(session.Catalog, mappings, quarantine), stop));
        await RequestContext.Of(context).WithoutTurnAsync(() => WaitAsync(job, context.CancellationToken));
        return job;
    }

    private async Task<object> RunAsync(Job job, Viewer viewer, Delivered delivered, bool resolve, Importer importer, CancellationToken stop)
    {
        var report = await gate.RunAsync(
            async () =>
            {
                job.Start();
                using var laidDown = delivered.LayDown();
                var landed = await importer.ImportAsync(session.Store, delivered.Paths, new ImportOptions(session.Now) { Today = DateOnly.FromDateTime(session.Now.UtcDateTime) }, new ProgressOf(job), stop);
                if (resolve) await resolver.ResolveAsync(session.Now, cancellation: stop);
                return landed;
            },
            stop);
        session.NoteImport();
        return new ImportOf(report, resolve, await session.ViewAsync(viewer, default, stop));
    }

    /// <summary>Waits for a job as long as its answer may; what it fails with meanwhile is the answer's error.</summary>
    private async Task<bool> WaitAsync(Job job, CancellationToken cancellation)
    {
        await Task.WhenAny(job.Ended, Task.Delay(dependencies!.Grace, cancellation));
        cancellation.ThrowIfCancellationRequested();
        if (!job.Ended.IsCompleted) return false;
        await job.Ended;
        return true;
    }

    /// <summary>Inline records under their name, in a folder named after their content so that two texts never meet.</summary>
    private Delivered Inline(IResolveFieldContext context, string folder)
    {
        var (file, text) = (context.GetArgument<string>("file"), context.GetArgument<string>("text"));
        var bytes = Encoding.UTF8.GetBytes(text);
        var inbox = Path.Combine(folder, "inline", Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
        var path = Resolved(inbox, "file", file);
        if (context.GetArgument<string?>("mapping") is { } mapping && !dependencies!.Mappings.For(path).Any(match => match.Mapping.Id == mapping))
            throw Problem.BadInput("mapping", $"does not read files of this name.");
        return new Delivered([path], bytes) { Inbox = inbox };
    }

    private static string Inside(string folder, string argument, string path)
    {
        var full = Resolved(folder, argument, path);
        return Path.Exists(full) ? full : throw Problem.NotFound("such file in the import folder");
    }

    /// <summary>The path below a folder; one that leads out of it, or through a link, is refused.</summary>
    private static string Resolved(string folder, string argument, string path)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var full = Path.GetFullPath(Path.Combine(root, path));
        if (path.Length == 0 || path.AsSpan().IndexOfAny('\0', '\\') >= 0 || !full.StartsWith(root, StringComparison.Ordinal) || LeadsThroughLink(root, full))
            throw Problem.BadInput(argument, "must be a path below the import folder.");
        return full;
    }

    private static bool LeadsThroughLink(string root, string full)
    {
        for (var at = full; at.Length >= root.Length; at = Path.GetDirectoryName(at)!)
            if (new FileInfo(at).LinkTarget is not null) return true;
        return false;
    }

    /// <summary>What is imported.</summary>
    /// <param name="Paths">Files and folders.</param>
    /// <param name="Text">What the one file is to hold that is laid down for the import, which goes with it; null where the files are there.</param>
    private sealed record Delivered(IReadOnlyList<string> Paths, byte[]? Text)
    {
        /// <summary>The folder that is made for it.</summary>
        public string? Inbox { get; init; }

        /// <summary>Writes what was sent; what takes it away again, whatever became of it. Only one import runs at a time.</summary>
        public IDisposable? LayDown()
        {
            if (Text is null || Inbox is null) return null;
            var laid = new Laid(Inbox);
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Paths[0])!);
                File.WriteAllBytes(Paths[0], Text);
                return laid;
            }
            catch
            {
                laid.Dispose();
                throw;
            }
        }

        private sealed class Laid(string inbox) : IDisposable
        {
            public void Dispose()
            {
                if (Directory.Exists(inbox)) Directory.Delete(inbox, recursive: true);
            }
        }
    }

    private sealed class ProgressOf(Job job) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => job.Report(value.FileNumber, value.Rows);
    }

    private sealed record ImportOf(ImportReport Report, bool Resolved, GraphView View);
}
