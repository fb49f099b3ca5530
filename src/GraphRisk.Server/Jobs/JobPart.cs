using GraphQL;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Jobs;

/// <summary>Commands that take longer than a question may: <c>job</c> says how far one is.</summary>
internal sealed class JobPart(JobBook book) : ISchemaPart
{
    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "JobState", "How far a job is.",
            ("WAITING", JobState.Waiting, "Another command is before it."),
            ("RUNNING", JobState.Running, "It is under way."),
            ("DONE", JobState.Done, "It has ended well; the result says what it did."),
            ("FAILED", JobState.Failed, "It has ended with an error. What it recorded before is kept; sent again, the command records only the rest."),
            ("CANCELLED", JobState.Cancelled, "The server was stopped; the command can be sent again.")));
        parts.Types.Add(Fields.Object(
            "Job", "A command that may take longer than an answer.",
            Fields.Of<Job>("id", "ID!", FieldAccess.Structure, "Id, to ask for the job again.", job => job.Id),
            Fields.Of<Job>("command", "String!", FieldAccess.Structure, "Name of the command.", job => job.Command),
            Fields.Of<Job>("state", "JobState!", FieldAccess.Structure, "How far it is.", job => job.State),
            Fields.Of<Job>("progress", "JobProgress!", FieldAccess.Structure, "What it has read so far.", job => job),
            Fields.Of<Job>("result", "ImportResult", FieldAccess.Structure, "What it did; null until it has ended well.", job => job.Result),
            Fields.Of<Job>("error", "JobError", FieldAccess.Structure, "What went wrong; null where nothing did.", job => job.Error)));
        parts.Types.Add(Fields.Object(
            "JobProgress", "What a job has read so far.",
            Fields.Of<Job>("files", "Int!", FieldAccess.Structure, "Files, the one being read included.", job => job.Files),
            Fields.Of<Job>("rows", "Long!", FieldAccess.Structure, "Records.", job => job.Rows)));
        parts.Types.Add(Fields.Object(
            "JobError", "What went wrong with a job.",
            Fields.Of<TypedError>("code", "String!", FieldAccess.Structure, "The code an answer would have in extensions.code.", error => error.Code),
            Fields.Of<TypedError>("message", "String!", FieldAccess.Structure, "A sentence.", error => error.Message)));
        parts.Query.AddField(Fields.Resolved(
            "job", "Job", FieldAccess.Structure, "A command one has given, by the id of its job. Those that ended long ago are forgotten.",
            context => new ValueTask<object?>(
                book.Find(context.GetArgument<string>("id"), context.Viewer()) ?? throw Problem.NotFound("job of this id")),
            TypeExpression.Argument("id", "ID!", "Id of the job.")));
    }
}
