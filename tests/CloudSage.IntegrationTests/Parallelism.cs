// Tests mostly wait for files to settle, so more of them run at once than there are processors. Each has folders and a host of its own.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[assembly: LevelOfParallelism(6)]
