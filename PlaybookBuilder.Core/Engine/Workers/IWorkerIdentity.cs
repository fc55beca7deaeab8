namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Under which number this program has its jobs. A number belongs to one program, for as long as it lives.</summary>
internal interface IWorkerIdentity
{
    /// <summary>Waits until this program may have jobs, and tells its number. It may be another one later, when it was lost; running jobs go over to the new one.</summary>
    ValueTask<int> GetNumberAsync(CancellationToken cancellationToken);

    /// <summary>The number that this program has at present; null while it has none.</summary>
    int? Number { get; }
}
