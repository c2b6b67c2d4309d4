using CloudSage.UnloadZoo.Running;

return args is [ChildProgram.Switch, ..] ? await ChildProgram.RunAsync(args) : await RunnerProgram.RunAsync(args);
